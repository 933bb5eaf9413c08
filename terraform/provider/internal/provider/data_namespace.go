package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// namespaceDataSource is data.tidegate_namespace: the rules of one namespace as they are now.
type namespaceDataSource struct{ connectedDataSource }

type namespaceData struct {
	ID              types.String `tfsdk:"id"`
	AppID           types.String `tfsdk:"app_id"`
	Name            types.String `tfsdk:"name"`
	Pattern         types.String `tfsdk:"pattern"`
	Durability      types.String `tfsdk:"durability"`
	Window          types.Object `tfsdk:"window"`
	RetentionDays   types.Int64  `tfsdk:"retention_days"`
	Rewind          types.Object `tfsdk:"rewind"`
	MaxMessageBytes types.Int64  `tfsdk:"max_message_bytes"`
	Public          types.Bool   `tfsdk:"public"`
	ClientPublish   types.Bool   `tfsdk:"client_publish"`
	Presence        types.Object `tfsdk:"presence"`
	Conflate        types.String `tfsdk:"conflate"`
	RequireClientID types.Bool   `tfsdk:"require_client_id"`
	EffectiveAt     types.String `tfsdk:"effective_at"`
	CreatedAt       types.String `tfsdk:"created_at"`
	UpdatedAt       types.String `tfsdk:"updated_at"`
}

var _ datasource.DataSourceWithConfigure = (*namespaceDataSource)(nil)

func newNamespaceDataSource() datasource.DataSource { return &namespaceDataSource{} }

func (d *namespaceDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_namespace"
}

func (d *namespaceDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	span := map[string]schema.Attribute{"messages": readNumber("Messages."), "seconds": readNumber("Seconds.")}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A namespace of an app: the rules for the channels that match its pattern.",
		Attributes: map[string]schema.Attribute{
			"id":                readText("`app_id/name`."),
			"app_id":            asked("The app it belongs to.", stringvalidator.RegexMatches(appID, "must be an app's id, such as 482913")),
			"name":              asked("Its name.", stringvalidator.RegexMatches(namespaceName, "must be 1 to 64 letters, digits, _ and -")),
			"pattern":           readText("Which channels."),
			"durability":        readText("`none`, `window` or `durable`."),
			"window":            readObject("How much durability `window` keeps, whichever is less.", span),
			"retention_days":    readNumber("How long durability `durable` keeps a message."),
			"rewind":            readObject("How far back `subscribe` alone may begin.", span),
			"max_message_bytes": readNumber("Size of one message."),
			"public":            readFlag("Whether a key name alone may subscribe."),
			"client_publish":    readFlag("Whether tokens may publish."),
			"presence": readObject("Who is present in a channel.", map[string]schema.Attribute{
				"mode":          readText("`members`, `occupancy` or `off`."),
				"max_members":   readNumber("Members of one channel."),
				"grace_seconds": readNumber("So long a lost client may take to come back."),
			}),
			"conflate":          readText("`none` or `latest`."),
			"require_client_id": readFlag("Whether tokens without a client id are refused."),
			"effective_at":      readText("When a change of durability takes effect for live channels; null when none is pending."),
			"created_at":        readText("When it was created (RFC 3339)."),
			"updated_at":        readText("When it was changed last (RFC 3339)."),
		},
	}
}

func (d *namespaceDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the namespace", req, resp, func(ctx context.Context, config *namespaceData) error {
		app, name := config.AppID.ValueString(), config.Name.ValueString()
		n, err := d.client.GetNamespace(ctx, app, name)
		if err != nil {
			return err
		}
		*config = namespaceData{
			ID:              types.StringValue(app + "/" + n.Name),
			AppID:           config.AppID,
			Name:            types.StringValue(n.Name),
			Pattern:         types.StringValue(n.Pattern),
			Durability:      types.StringValue(n.Durability),
			Window:          spanObject(n.Window),
			RetentionDays:   types.Int64Value(n.RetentionDays),
			Rewind:          spanObject(n.Rewind),
			MaxMessageBytes: types.Int64Value(n.MaxMessageBytes),
			Public:          types.BoolValue(n.Public),
			ClientPublish:   types.BoolValue(n.ClientPublish),
			Presence:        presenceObject(n.Presence),
			Conflate:        types.StringValue(n.Conflate),
			RequireClientID: types.BoolValue(n.RequireClientID),
			EffectiveAt:     instantLike(types.StringNull(), n.EffectiveAt),
			CreatedAt:       instant(n.CreatedAt),
			UpdatedAt:       instant(n.UpdatedAt),
		}
		return nil
	})
}
