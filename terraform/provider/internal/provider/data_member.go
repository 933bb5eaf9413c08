package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// memberDataSource is data.tidegate_member: a member without an invitation's link.
type memberDataSource struct{ connectedDataSource }

type memberData struct {
	ID                  types.String `tfsdk:"id"`
	TenantID            types.String `tfsdk:"tenant_id"`
	Email               types.String `tfsdk:"email"`
	Role                types.String `tfsdk:"role"`
	Name                types.String `tfsdk:"name"`
	Status              types.String `tfsdk:"status"`
	InvitationExpiresAt types.String `tfsdk:"invitation_expires_at"`
	CreatedAt           types.String `tfsdk:"created_at"`
}

var _ datasource.DataSourceWithConfigure = (*memberDataSource)(nil)

func newMemberDataSource() datasource.DataSource { return &memberDataSource{} }

func (d *memberDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_member"
}

func (d *memberDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id, email := byIDOr("email", "The member's id.", "Compared without regard to case.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "A member of a tenant, or somebody invited, by id or e-mail.",
		Attributes: map[string]schema.Attribute{
			"id":                    id,
			"tenant_id":             asked("The tenant they belong to."),
			"email":                 email,
			"role":                  readText(roleDescription),
			"name":                  readText("As they call themselves; null until the invitation is accepted."),
			"status":                readText("`invited` or `active`."),
			"invitation_expires_at": readText("Until when the invitation is good (RFC 3339); null when it was accepted."),
			"created_at":            readText("When they were invited (RFC 3339)."),
		},
	}
}

func (d *memberDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the member", req, resp, func(ctx context.Context, config *memberData) error {
		m, err := d.find(ctx, config)
		if err != nil {
			return err
		}
		email := types.StringValue(m.Email)
		if strings.EqualFold(config.Email.ValueString(), m.Email) {
			email = config.Email // what was asked for has to stay as it was written
		}
		*config = memberData{
			ID:                  types.StringValue(m.ID),
			TenantID:            types.StringValue(m.TenantID),
			Email:               email,
			Role:                types.StringValue(m.Role),
			Name:                types.StringPointerValue(m.Name),
			Status:              types.StringValue(m.Status),
			InvitationExpiresAt: instantLike(types.StringNull(), m.InvitationExpiresAt),
			CreatedAt:           instant(m.CreatedAt),
		}
		return nil
	})
}

func (d *memberDataSource) find(ctx context.Context, config *memberData) (*client.Member, error) {
	tenant := config.TenantID.ValueString()
	if id := config.ID.ValueString(); id != "" {
		return d.client.GetMember(ctx, tenant, id)
	}
	email := config.Email.ValueString()
	return only(ctx, d.client.Members(ctx, tenant), fmt.Sprintf("member %s in tenant %s", email, tenant),
		func(m *client.Member) bool { return strings.EqualFold(m.Email, email) })
}
