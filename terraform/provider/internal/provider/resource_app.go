package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// appResource is tidegate_app: an isolated world of channels.
type appResource struct{ connectedResource }

type appModel struct {
	ID                 types.String   `tfsdk:"id"`
	TenantID           types.String   `tfsdk:"tenant_id"`
	Name               types.String   `tfsdk:"name"`
	Settings           types.Object   `tfsdk:"settings"`
	DeletionProtection types.Bool     `tfsdk:"deletion_protection"`
	Cascade            types.Bool     `tfsdk:"cascade"`
	CreatedAt          types.String   `tfsdk:"created_at"`
	Timeouts           timeouts.Value `tfsdk:"timeouts"`
}

func (m *appModel) what() string { return "the app" }

func (m *appModel) timesOut() timeouts.Value { return m.Timeouts }

var (
	_ resource.ResourceWithConfigure   = (*appResource)(nil)
	_ resource.ResourceWithImportState = (*appResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*appResource)(nil)
)

func newAppResource() resource.Resource { return &appResource{} }

func (r *appResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_app"
}

func (r *appResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An app: an isolated world of channels within a tenant, say production or staging. It holds keys, namespaces and webhooks.",
		Attributes: map[string]schema.Attribute{
			"id":        idAttribute("The app's id, numeric text such as `482913`."),
			"tenant_id": ownerAttribute("The tenant it belongs to."),
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "For people; need not be unique. 1 to 100 characters.",
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 100)},
			},
			"settings": schema.SingleNestedAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "Without this attribute the settings stay as they are and are only read. With it, it is all of them: " +
					"a setting that is left out has its default.",
				Attributes: settingAttributes(),
				PlanModifiers: []planmodifier.Object{objectPlan{
					description: "Without `settings` they stay as they are; a setting left out of them has its default.",
					defaults:    settingDefaults(),
				}},
			},
			"deletion_protection": deletionProtectionAttribute("app"),
			"cascade":             cascadeAttribute("the app", "its keys, namespaces and webhooks, with all messages,"),
			"created_at":          createdAtAttribute(),
			"timeouts":            timeoutsAttribute(ctx),
		},
	}
}

func (r *appResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	refuseProtected(ctx, "app", req, resp)
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	// A replacement is planned as two steps, of which the destruction is never shown to the provider.
	var plan, state appModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if !plan.TenantID.Equal(state.TenantID) {
		refused(protected(state.DeletionProtection, "app"), &resp.Diagnostics)
	}
}

func (r *appResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "create", req, resp, func(ctx context.Context, plan *appModel) (string, error) {
		app, err := r.client.CreateApp(ctx, plan.TenantID.ValueString(), plan.write(), client.NewIdempotencyKey())
		if err != nil {
			return "", err
		}
		plan.read(app)
		return app.ETag, nil
	})
}

func (r *appResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *appModel) (string, error) {
		app, err := r.client.GetApp(ctx, state.ID.ValueString())
		if err != nil {
			return "", err
		}
		state.read(app)
		return app.ETag, nil
	})
}

func (r *appResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	update(ctx, &r.connected, req, resp, func(ctx context.Context, plan, state *appModel, etag string) (string, error) {
		id := state.ID.ValueString()
		write, any := plan.changes(state)
		if !any {
			return etag, nil
		}
		app, err := change[client.App]{
			write:     func(etag string) (*client.App, error) { return r.client.UpdateApp(ctx, id, etag, write) },
			read:      func() (*client.App, error) { return r.client.GetApp(ctx, id) },
			done:      plan.describes,
			asPlanned: state.describes,
		}.at(etag, func(a *client.App) string { return a.ETag })
		if err != nil {
			return "", err
		}
		plan.read(app)
		return app.ETag, nil
	})
}

func (r *appResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "delete", req, resp, func(ctx context.Context, state *appModel) error {
		if err := protected(state.DeletionProtection, "app"); err != nil {
			return err
		}
		return r.client.DeleteApp(ctx, state.ID.ValueString(), state.Cascade.ValueBool())
	})
}

func (r *appResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), req, resp)
}

func (m *appModel) write() client.AppWrite {
	return client.AppWrite{Name: m.Name.ValueString(), Settings: settingsToWire(m.Settings)}
}

// changes is what the gateway has to be told; any is false when only the provider's own attributes differ.
func (m *appModel) changes(was *appModel) (write client.AppWrite, any bool) {
	if !m.Name.Equal(was.Name) {
		write.Name = m.Name.ValueString()
	}
	if !m.Settings.Equal(was.Settings) {
		write.Settings = settingsToWire(m.Settings)
	}
	return write, write.Name != "" || write.Settings != nil
}

func (m *appModel) read(a *client.App) {
	m.ID = types.StringValue(a.ID)
	m.TenantID = types.StringValue(a.TenantID)
	m.Name = types.StringValue(a.Name)
	m.Settings = settingsToValue(a.Settings)
	m.CreatedAt = instant(a.CreatedAt)
	m.DeletionProtection = orFalse(m.DeletionProtection)
	m.Cascade = orFalse(m.Cascade)
}

// describes: the gateway has what this says.
func (m *appModel) describes(a *client.App) bool {
	return m.Name.ValueString() == a.Name && (m.Settings.IsUnknown() || m.Settings.Equal(settingsToValue(a.Settings)))
}
