package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// tenantDataSource is data.tidegate_tenant.
type tenantDataSource struct{ connectedDataSource }

type tenantData struct {
	ID        types.String `tfsdk:"id"`
	Name      types.String `tfsdk:"name"`
	Limits    types.Object `tfsdk:"limits"`
	CreatedAt types.String `tfsdk:"created_at"`
	UpdatedAt types.String `tfsdk:"updated_at"`
}

var _ datasource.DataSourceWithConfigure = (*tenantDataSource)(nil)

func newTenantDataSource() datasource.DataSource { return &tenantDataSource{} }

func (d *tenantDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_tenant"
}

func (d *tenantDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id, name := byIDOr("name", "The tenant's id.", "The tenant's name, if only one has it; it takes an operator token to look for it.")
	all := make(map[string]schema.Attribute, len(limits))
	for _, l := range limits {
		all[l.name] = readNumber(l.description + " Null: unlimited.")
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A tenant, by id or name.",
		Attributes: map[string]schema.Attribute{
			"id":         id,
			"name":       name,
			"limits":     readObject("What it may use.", all),
			"created_at": readText("When it was created (RFC 3339)."),
			"updated_at": readText("When it was changed last (RFC 3339)."),
		},
	}
}

func (d *tenantDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the tenant", req, resp, func(ctx context.Context, config *tenantData) error {
		t, err := d.find(ctx, config)
		if err != nil {
			return err
		}
		*config = tenantData{
			ID:        types.StringValue(t.ID),
			Name:      types.StringValue(t.Name),
			Limits:    limitsToValue(t.Limits),
			CreatedAt: instant(t.CreatedAt),
			UpdatedAt: instant(t.UpdatedAt),
		}
		return nil
	})
}

func (d *tenantDataSource) find(ctx context.Context, config *tenantData) (*client.Tenant, error) {
	if id := config.ID.ValueString(); id != "" {
		return d.client.GetTenant(ctx, id)
	}
	name := config.Name.ValueString()
	return only(ctx, d.client.Tenants(ctx), fmt.Sprintf("tenant %q", name), func(t *client.Tenant) bool { return t.Name == name })
}
