package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// controlTokenResource is tidegate_control_token: a credential for one tenant's control plane. The gateway changes
// none, so every change replaces it; Update only ever has the provider's own attributes.
type controlTokenResource struct{ connectedResource }

type controlTokenModel struct {
	ID         types.String   `tfsdk:"id"`
	TenantID   types.String   `tfsdk:"tenant_id"`
	Name       types.String   `tfsdk:"name"`
	Role       types.String   `tfsdk:"role"`
	ExpiresAt  types.String   `tfsdk:"expires_at"`
	RotateWhen types.Map      `tfsdk:"rotate_when"`
	Token      types.String   `tfsdk:"token"`
	CreatedAt  types.String   `tfsdk:"created_at"`
	Timeouts   timeouts.Value `tfsdk:"timeouts"`
}

func (m *controlTokenModel) what() string { return "the control token" }

func (m *controlTokenModel) timesOut() timeouts.Value { return m.Timeouts }

var (
	_ resource.ResourceWithConfigure   = (*controlTokenResource)(nil)
	_ resource.ResourceWithImportState = (*controlTokenResource)(nil)
)

func newControlTokenResource() resource.Resource { return &controlTokenResource{} }

func (r *controlTokenResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_control_token"
}

func (r *controlTokenResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A control token: a credential for one tenant's control plane, with a role no stronger than that of who makes it. It cannot be changed: another name, role or expiry makes another token.\n\n" +
			"The gateway shows the token once, so it is kept in the state (sensitive): protect the state. An imported one has no `token`.",
		Attributes: map[string]schema.Attribute{
			"id":        idAttribute("The control token's id."),
			"tenant_id": ownerAttribute("The tenant it is good for."),
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "For people; need not be unique. 1 to 100 characters. Another one replaces it.",
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 100)},
				PlanModifiers:       replace,
			},
			"role": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: roleDescription + " Another one replaces it.",
				Validators:          []validator.String{stringvalidator.OneOf(roles()...)},
				PlanModifiers:       replace,
			},
			"expires_at": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "When it ceases to be good (RFC 3339). Without it never. Another moment replaces it.",
				Validators:          []validator.String{timestampValidator{}},
				PlanModifiers:       []planmodifier.String{sameInstant{}, replaceUnlessSameInstant()},
			},
			"rotate_when": rotateWhenAttribute("the control token"),
			"token":       settled("The token. Null on an imported one.", true),
			"created_at":  createdAtAttribute(),
			"timeouts":    timeoutsAttribute(ctx),
		},
	}
}

func (r *controlTokenResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "create", req, resp, func(ctx context.Context, plan *controlTokenModel) (string, error) {
		write := client.ControlTokenCreate{Name: plan.Name.ValueString(), Role: plan.Role.ValueString(), ExpiresAt: timeOf(plan.ExpiresAt)}
		token, err := r.client.CreateControlToken(ctx, plan.TenantID.ValueString(), write, client.NewIdempotencyKey())
		if err != nil {
			return "", err
		}
		plan.read(token)
		plan.Token = types.StringValue(token.Token)
		return "", nil
	})
}

func (r *controlTokenResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *controlTokenModel) (string, error) {
		token, err := r.client.GetControlToken(ctx, state.TenantID.ValueString(), state.ID.ValueString())
		if err != nil {
			return "", err
		}
		state.read(token)
		return "", nil
	})
}

func (r *controlTokenResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan controlTokenModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *controlTokenResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "delete", req, resp, func(ctx context.Context, state *controlTokenModel) error {
		return r.client.DeleteControlToken(ctx, state.TenantID.ValueString(), state.ID.ValueString())
	})
}

func (r *controlTokenResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importTwo(ctx, "tenant_id", "token_id", req, resp)
}

// read leaves Token alone: only a creation's answer has it.
func (m *controlTokenModel) read(t *client.ControlToken) {
	m.ID = types.StringValue(t.ID)
	m.TenantID = types.StringValue(t.TenantID)
	m.Name = types.StringValue(t.Name)
	m.Role = types.StringValue(t.Role)
	m.ExpiresAt = instantLike(m.ExpiresAt, t.ExpiresAt)
	m.CreatedAt = instant(t.CreatedAt)
}
