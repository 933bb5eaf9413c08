// Command helmstand stands in for the Helm provider where that cannot be had: the attributes of helm_release that the
// module deploy-kubernetes sets, and no cluster. A plan shows what Helm would be given; an apply is refused.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	// The address matters for a debugger alone: the plan's CLI configuration says what this is used for.
	err := providerserver.Serve(context.Background(), func() provider.Provider { return helm{} }, providerserver.ServeOpts{Address: "tidegate.io/checks/helm"})
	if err != nil {
		log.Fatal(err)
	}
}

type helm struct{}

func (helm) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "helm"
}

func (helm) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerschema.Schema{}
}

func (helm) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (helm) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (helm) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return release{} }}
}

type release struct{}

func (release) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "helm_release"
}

func (release) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name":             schema.StringAttribute{Required: true},
		"chart":            schema.StringAttribute{Required: true},
		"namespace":        schema.StringAttribute{Optional: true},
		"create_namespace": schema.BoolAttribute{Optional: true},
		"values":           schema.ListAttribute{ElementType: types.StringType, Optional: true},
		"wait":             schema.BoolAttribute{Optional: true},
		"atomic":           schema.BoolAttribute{Optional: true},
		"cleanup_on_fail":  schema.BoolAttribute{Optional: true},
		"timeout":          schema.Int64Attribute{Optional: true},
		"max_history":      schema.Int64Attribute{Optional: true},
	}}
}

const refusal = "This stands in for the Helm provider in checks: it plans, and does nothing."

func (release) Create(_ context.Context, _ resource.CreateRequest, resp *resource.CreateResponse) {
	resp.Diagnostics.AddError("No Helm here", refusal)
}

func (release) Read(_ context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
	resp.Diagnostics.AddError("No Helm here", refusal)
}

func (release) Update(_ context.Context, _ resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.Diagnostics.AddError("No Helm here", refusal)
}

func (release) Delete(_ context.Context, _ resource.DeleteRequest, resp *resource.DeleteResponse) {
	resp.Diagnostics.AddError("No Helm here", refusal)
}
