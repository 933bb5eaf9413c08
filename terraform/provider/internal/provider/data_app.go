package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// appDataSource is data.tidegate_app.
type appDataSource struct{ connectedDataSource }

type appData struct {
	ID        types.String `tfsdk:"id"`
	TenantID  types.String `tfsdk:"tenant_id"`
	Name      types.String `tfsdk:"name"`
	Settings  types.Object `tfsdk:"settings"`
	CreatedAt types.String `tfsdk:"created_at"`
	UpdatedAt types.String `tfsdk:"updated_at"`
}

var _ datasource.DataSourceWithConfigure = (*appDataSource)(nil)

func newAppDataSource() datasource.DataSource { return &appDataSource{} }

func (d *appDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_app"
}

func (d *appDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id, name := byIDOr("name", "The app's id.", "The app's name, with `tenant_id`, if only one of the tenant has it.")
	name.Validators = append(name.Validators, stringvalidator.AlsoRequires(path.MatchRoot("tenant_id")))
	resp.Schema = schema.Schema{
		MarkdownDescription: "An app, by id, or by its tenant and name.",
		Attributes: map[string]schema.Attribute{
			"id": id,
			"tenant_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "The tenant it belongs to. Needed with `name`; with `id` it is read.",
				Validators:          []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("id"))},
			},
			"name": name,
			"settings": readObject("Its settings.", map[string]schema.Attribute{
				allowedOrigins:  schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Origins whose pages may connect."},
				messagePreviews: readFlag("Whether the app's log shows the beginning of what was published."),
			}),
			"created_at": readText("When it was created (RFC 3339)."),
			"updated_at": readText("When it was changed last (RFC 3339)."),
		},
	}
}

func (d *appDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the app", req, resp, func(ctx context.Context, config *appData) error {
		a, err := d.find(ctx, config)
		if err != nil {
			return err
		}
		*config = appData{
			ID:        types.StringValue(a.ID),
			TenantID:  types.StringValue(a.TenantID),
			Name:      types.StringValue(a.Name),
			Settings:  settingsToValue(a.Settings),
			CreatedAt: instant(a.CreatedAt),
			UpdatedAt: instant(a.UpdatedAt),
		}
		return nil
	})
}

func (d *appDataSource) find(ctx context.Context, config *appData) (*client.App, error) {
	if id := config.ID.ValueString(); id != "" {
		return d.client.GetApp(ctx, id)
	}
	tenant, name := config.TenantID.ValueString(), config.Name.ValueString()
	return only(ctx, d.client.Apps(ctx, tenant), fmt.Sprintf("app %q in tenant %s", name, tenant),
		func(a *client.App) bool { return a.Name == name })
}
