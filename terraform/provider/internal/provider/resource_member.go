package provider

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// memberResource is tidegate_member: a person with a role in a tenant, invited first. Whether they have accepted is
// their doing and changes by itself, so no plan counts on it. Members have no ETag; a role is set to a value.
type memberResource struct{ connectedResource }

type memberModel struct {
	ID                  types.String   `tfsdk:"id"`
	TenantID            types.String   `tfsdk:"tenant_id"`
	Email               types.String   `tfsdk:"email"`
	Role                types.String   `tfsdk:"role"`
	Name                types.String   `tfsdk:"name"`
	Status              types.String   `tfsdk:"status"`
	InvitationURL       types.String   `tfsdk:"invitation_url"`
	InvitationExpiresAt types.String   `tfsdk:"invitation_expires_at"`
	CreatedAt           types.String   `tfsdk:"created_at"`
	Timeouts            timeouts.Value `tfsdk:"timeouts"`
}

func (m *memberModel) what() string { return "the member" }

func (m *memberModel) timesOut() timeouts.Value { return m.Timeouts }

var (
	_ resource.ResourceWithConfigure   = (*memberResource)(nil)
	_ resource.ResourceWithImportState = (*memberResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*memberResource)(nil)

	// email is the contract's Email.
	email = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
)

func newMemberResource() resource.Resource { return &memberResource{} }

func (r *memberResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_member"
}

func (r *memberResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A member: a person with a role in a tenant. Creating one invites them: hand `invitation_url` to them, it is good once and for 7 days. " +
			"Destroying one takes the role away, or withdraws the invitation; the person's account stays. A tenant's last owner stays (40909).\n\n" +
			"The gateway shows the link once, so it is kept in the state (sensitive). A lost or late one is made anew in the console, or by replacing the member.",
		Attributes: map[string]schema.Attribute{
			"id":        idAttribute("The member's id."),
			"tenant_id": ownerAttribute("The tenant they belong to."),
			"email": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Compared without regard to case. Another one replaces the member.",
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(3, 254),
					stringvalidator.RegexMatches(email, "must be an e-mail address")},
				PlanModifiers: []planmodifier.String{sameFold{}, replaceUnlessSameFold()},
			},
			"role": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: roleDescription + " Nobody gives a role above their own.",
				Validators:          []validator.String{stringvalidator.OneOf(roles()...)},
			},
			"name":                  schema.StringAttribute{Computed: true, MarkdownDescription: "As they call themselves; null until the invitation is accepted."},
			"status":                schema.StringAttribute{Computed: true, MarkdownDescription: "`invited` or `active`."},
			"invitation_url":        settled("The link to accept with. Null on an imported member.", true),
			"invitation_expires_at": schema.StringAttribute{Computed: true, MarkdownDescription: "Until when the link is good (RFC 3339); null when it was accepted."},
			"created_at":            createdAtAttribute(),
			"timeouts":              timeoutsAttribute(ctx),
		},
	}
}

// ModifyPlan: what the person does themselves is not known of a change of role, since the gateway answers with it as
// it is by then. Without one nothing is asked, and all stays as it was read.
func (r *memberResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var plan, state memberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !plan.Role.Equal(state.Role) || !plan.Email.Equal(state.Email) || !plan.TenantID.Equal(state.TenantID) {
		return
	}
	plan.Name, plan.Status, plan.InvitationExpiresAt = state.Name, state.Status, state.InvitationExpiresAt
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

func (r *memberResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "invite", req, resp, func(ctx context.Context, plan *memberModel) (string, error) {
		member, err := r.client.InviteMember(ctx, plan.TenantID.ValueString(), plan.Email.ValueString(), plan.Role.ValueString(), client.NewIdempotencyKey())
		if err != nil {
			return "", err
		}
		plan.read(member)
		plan.InvitationURL = types.StringValue(member.InvitationURL)
		return "", nil
	})
}

func (r *memberResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *memberModel) (string, error) {
		member, err := r.client.GetMember(ctx, state.TenantID.ValueString(), state.ID.ValueString())
		if err != nil {
			return "", err
		}
		state.read(member)
		return "", nil
	})
}

func (r *memberResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	update(ctx, &r.connected, req, resp, func(ctx context.Context, plan, state *memberModel, _ string) (string, error) {
		if plan.Role.Equal(state.Role) {
			return "", nil
		}
		member, err := r.client.UpdateMember(ctx, state.TenantID.ValueString(), state.ID.ValueString(), plan.Role.ValueString())
		if err != nil {
			return "", err
		}
		plan.read(member)
		return "", nil
	})
}

func (r *memberResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "remove", req, resp, func(ctx context.Context, state *memberModel) error {
		return r.client.RemoveMember(ctx, state.TenantID.ValueString(), state.ID.ValueString())
	})
}

func (r *memberResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importTwo(ctx, "tenant_id", "member_id", req, resp)
}

// read leaves InvitationURL alone: only the invitation's answer has it.
func (m *memberModel) read(w *client.Member) {
	m.ID = types.StringValue(w.ID)
	m.TenantID = types.StringValue(w.TenantID)
	if !strings.EqualFold(m.Email.ValueString(), w.Email) {
		m.Email = types.StringValue(w.Email)
	}
	m.Role = types.StringValue(w.Role)
	m.Name = types.StringPointerValue(w.Name)
	m.Status = types.StringValue(w.Status)
	m.InvitationExpiresAt = instantLike(m.InvitationExpiresAt, w.InvitationExpiresAt)
	m.CreatedAt = instant(w.CreatedAt)
}
