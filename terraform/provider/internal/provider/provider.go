// Package provider is the Terraform provider of Tidegate: one file per resource, data source and ephemeral
// resource, and beside them what they share: configure.go, diagnostics.go, version.go (ETags), values.go.
package provider

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

const (
	// Address is what every required_providers names: the provider's own, at no registry.
	Address = "tidegate.io/tidegate/tidegate"

	// EnvEndpoint and EnvToken hold what the configuration leaves out.
	EnvEndpoint = "TIDEGATE_ENDPOINT"
	EnvToken    = "TIDEGATE_TOKEN"
)

// New makes the provider of that version, as providerserver wants it.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &tidegateProvider{version: version} }
}

type tidegateProvider struct{ version string }

type providerModel struct {
	Endpoint       types.String `tfsdk:"endpoint"`
	Token          types.String `tfsdk:"token"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
	MaxRetries     types.Int64  `tfsdk:"max_retries"`
}

func (p *tidegateProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "tidegate"
	resp.Version = p.version
}

func (p *tidegateProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Provisions the tenants, apps, keys, namespaces, webhooks and limits of a Tidegate gateway.",
		Attributes: map[string]schema.Attribute{
			"endpoint": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The gateway's address, such as `https://gateway.example.com`. Else `" + EnvEndpoint + "`.",
			},
			"token": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "An operator token, or a control token of one tenant. Else `" + EnvToken + "`, which keeps it out of " +
					"the configuration. Tenants and nodes need an operator; for the rest a control token is enough, and the better choice.",
			},
			"request_timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "How long one request may take, as `30s` (the default) or `1m`. Each resource's `timeouts` bound all tries of one operation.",
				Validators:          []validator.String{durationValidator{}},
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "How often a request is sent again at most, 10 unless given: after 429 and 503 as late as the gateway's `Retry-After` says, " +
					"after a lost connection, 502 and 504 with a growing delay. 0: never.",
				Validators: []validator.Int64{int64validator.Between(0, 100)},
			},
		},
	}
}

// Configure makes the one client that all share. What is not known yet (a token that the same run creates)
// leaves it out: planning creations needs none, and the apply configures again.
func (p *tidegateProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if config.Endpoint.IsUnknown() || config.Token.IsUnknown() || config.RequestTimeout.IsUnknown() || config.MaxRetries.IsUnknown() {
		return
	}
	options := client.Options{
		Endpoint:  orElse(config.Endpoint, EnvEndpoint),
		Token:     strings.TrimSpace(orElse(config.Token, EnvToken)),
		UserAgent: "terraform-provider-tidegate/" + p.version + " terraform/" + req.TerraformVersion,
		Trace:     trace,
	}
	missing := func(attribute, env string) {
		resp.Diagnostics.AddAttributeError(path.Root(attribute), "No "+attribute+" of the gateway",
			"Set `"+attribute+"` in the provider's configuration, or the environment variable "+env+".")
	}
	if options.Endpoint == "" {
		missing("endpoint", EnvEndpoint)
	}
	if options.Token == "" {
		missing("token", EnvToken)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if !config.RequestTimeout.IsNull() {
		// The validator has parsed it before.
		options.RequestTimeout, _ = time.ParseDuration(config.RequestTimeout.ValueString())
	}
	if !config.MaxRetries.IsNull() {
		options.MaxRetries = int(config.MaxRetries.ValueInt64())
		if options.MaxRetries == 0 {
			options.MaxRetries = -1
		}
	}
	c, err := client.New(options)
	if err != nil {
		resp.Diagnostics.AddError("The provider's configuration leads to no gateway", err.Error())
		return
	}
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData = c, c, c
}

// Resources are in the order of the words: tenant > app > { key, namespace, webhook }.
func (p *tidegateProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		// A tenant and its people.
		newTenantResource,
		newMemberResource,
		newControlTokenResource,

		// An app and what it holds.
		newAppResource,
		newAPIKeyResource,
		newNamespaceResource,
		newWebhookResource,
	}
}

// DataSources has one for each resource, and usage and nodes.
func (p *tidegateProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newTenantDataSource,
		newMemberDataSource,
		newControlTokenDataSource,
		newAppDataSource,
		newAPIKeyDataSource,
		newNamespaceDataSource,
		newWebhookDataSource,
		newUsageDataSource,
		newNodesDataSource,
	}
}

// EphemeralResources are secrets that no state holds.
func (p *tidegateProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		newAPIKeyEphemeral,
		newChannelTokenEphemeral,
	}
}

func orElse(value types.String, env string) string {
	if value.ValueString() != "" {
		return value.ValueString()
	}
	return os.Getenv(env)
}

// trace logs how a request went: never its body, its credential or a query.
func trace(ctx context.Context, a client.Attempt) {
	fields := map[string]any{"method": a.Method, "path": a.Path, "request_id": a.RequestID, "attempt": a.Number, "status": a.Status}
	if a.RetryIn == 0 {
		tflog.Debug(ctx, "Tidegate answered", fields)
		return
	}
	fields["retry_in"], fields["reason"] = a.RetryIn.String(), a.Err.Error()
	tflog.Info(ctx, "Tidegate is asked again", fields)
}
