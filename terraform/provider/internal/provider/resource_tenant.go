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

// tenantResource is tidegate_tenant: a customer of the installation, and its limits.
type tenantResource struct{ connectedResource }

type tenantModel struct {
	ID                 types.String   `tfsdk:"id"`
	Name               types.String   `tfsdk:"name"`
	Limits             types.Object   `tfsdk:"limits"`
	DeletionProtection types.Bool     `tfsdk:"deletion_protection"`
	Cascade            types.Bool     `tfsdk:"cascade"`
	CreatedAt          types.String   `tfsdk:"created_at"`
	Timeouts           timeouts.Value `tfsdk:"timeouts"`
}

func (m *tenantModel) what() string { return "the tenant" }

func (m *tenantModel) timesOut() timeouts.Value { return m.Timeouts }

var (
	_ resource.ResourceWithConfigure   = (*tenantResource)(nil)
	_ resource.ResourceWithImportState = (*tenantResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*tenantResource)(nil)
)

func newTenantResource() resource.Resource { return &tenantResource{} }

func (r *tenantResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_tenant"
}

func (r *tenantResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A tenant: a customer of the installation. It holds apps, people and control tokens, and owns the limits. " +
			"Creating one needs an operator token; a control token of the role `owner` may rename and delete its own.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The tenant's id."),
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "For people; need not be unique. 1 to 100 characters.",
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 100)},
			},
			"limits": schema.SingleNestedAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "What the tenant may use. Only operators change limits: without this attribute they stay as they are and are only read. " +
					"With it, it is all of them: a limit that is left out has its default. A change applies live, nobody is disconnected.",
				Attributes:    limitAttributes(),
				PlanModifiers: []planmodifier.Object{limitsPlan()},
			},
			"deletion_protection": deletionProtectionAttribute("tenant"),
			"cascade":             cascadeAttribute("the tenant", "its apps with their messages, its members and its control tokens"),
			"created_at":          createdAtAttribute(),
			"timeouts":            timeoutsAttribute(ctx),
		},
	}
}

func (r *tenantResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	refuseProtected(ctx, "tenant", req, resp)
}

func (r *tenantResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "create", req, resp, func(ctx context.Context, plan *tenantModel) (string, error) {
		tenant, err := r.client.CreateTenant(ctx, plan.write(), client.NewIdempotencyKey())
		if err != nil {
			return "", err
		}
		plan.read(tenant)
		return tenant.ETag, nil
	})
}

func (r *tenantResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *tenantModel) (string, error) {
		tenant, err := r.client.GetTenant(ctx, state.ID.ValueString())
		if err != nil {
			return "", err
		}
		state.read(tenant)
		return tenant.ETag, nil
	})
}

func (r *tenantResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	update(ctx, &r.connected, req, resp, func(ctx context.Context, plan, state *tenantModel, etag string) (string, error) {
		id := state.ID.ValueString()
		write, any := plan.changes(state)
		if !any {
			return etag, nil
		}
		tenant, err := change[client.Tenant]{
			write:     func(etag string) (*client.Tenant, error) { return r.client.UpdateTenant(ctx, id, etag, write) },
			read:      func() (*client.Tenant, error) { return r.client.GetTenant(ctx, id) },
			done:      plan.describes,
			asPlanned: state.describes,
		}.at(etag, func(t *client.Tenant) string { return t.ETag })
		if err != nil {
			return "", err
		}
		plan.read(tenant)
		return tenant.ETag, nil
	})
}

func (r *tenantResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "delete", req, resp, func(ctx context.Context, state *tenantModel) error {
		if err := protected(state.DeletionProtection, "tenant"); err != nil {
			return err
		}
		return r.client.DeleteTenant(ctx, state.ID.ValueString(), state.Cascade.ValueBool())
	})
}

func (r *tenantResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), req, resp)
}

func (m *tenantModel) write() client.TenantWrite {
	return client.TenantWrite{Name: m.Name.ValueString(), Limits: limitsToWire(m.Limits)}
}

// changes is what the gateway has to be told; any is false when only the provider's own attributes differ.
func (m *tenantModel) changes(was *tenantModel) (write client.TenantWrite, any bool) {
	if !m.Name.Equal(was.Name) {
		write.Name = m.Name.ValueString()
	}
	if !m.Limits.Equal(was.Limits) {
		write.Limits = limitsToWire(m.Limits)
	}
	return write, write.Name != "" || write.Limits != nil
}

func (m *tenantModel) read(t *client.Tenant) {
	m.ID = types.StringValue(t.ID)
	m.Name = types.StringValue(t.Name)
	m.Limits = limitsToValue(t.Limits)
	m.CreatedAt = instant(t.CreatedAt)
	m.DeletionProtection = orFalse(m.DeletionProtection)
	m.Cascade = orFalse(m.Cascade)
}

// describes: the gateway has what this says.
func (m *tenantModel) describes(t *client.Tenant) bool {
	return m.Name.ValueString() == t.Name && (m.Limits.IsUnknown() || m.Limits.Equal(limitsToValue(t.Limits)))
}
