package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// webhookDataSource is data.tidegate_webhook: a webhook without its secret, which is never told again.
type webhookDataSource struct{ connectedDataSource }

type webhookData struct {
	ID                      types.String `tfsdk:"id"`
	AppID                   types.String `tfsdk:"app_id"`
	Name                    types.String `tfsdk:"name"`
	URL                     types.String `tfsdk:"url"`
	Events                  types.Set    `tfsdk:"events"`
	Pattern                 types.String `tfsdk:"pattern"`
	Batch                   types.Object `tfsdk:"batch"`
	Enabled                 types.Bool   `tfsdk:"enabled"`
	PreviousSecretExpiresAt types.String `tfsdk:"previous_secret_expires_at"`
	CreatedAt               types.String `tfsdk:"created_at"`
	UpdatedAt               types.String `tfsdk:"updated_at"`
}

var _ datasource.DataSourceWithConfigure = (*webhookDataSource)(nil)

func newWebhookDataSource() datasource.DataSource { return &webhookDataSource{} }

func (d *webhookDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_webhook"
}

func (d *webhookDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id, name := byIDOr("name", "The webhook's id.", "The webhook's name, if only one of the app has it.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "A webhook of an app, by id or name. Its secret cannot be read.",
		Attributes: map[string]schema.Attribute{
			"id":      id,
			"app_id":  asked("The app it belongs to.", stringvalidator.RegexMatches(appID, "must be an app's id, such as 482913")),
			"name":    name,
			"url":     readText("Where events are sent."),
			"events":  schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Which types of events."},
			"pattern": readText("Events of channels that it covers."),
			"batch": readObject("How events are put together.", map[string]schema.Attribute{
				"max_events": readNumber("How many events one call may bring."),
			}),
			"enabled":                    readFlag("Whether events are queued and sent."),
			"previous_secret_expires_at": readText("Until when what is sent is also signed with the secret before this one; null when there is none."),
			"created_at":                 readText("When it was created (RFC 3339)."),
			"updated_at":                 readText("When it was changed last (RFC 3339)."),
		},
	}
}

func (d *webhookDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the webhook", req, resp, func(ctx context.Context, config *webhookData) error {
		w, err := d.find(ctx, config)
		if err != nil {
			return err
		}
		*config = webhookData{
			ID:                      types.StringValue(w.ID),
			AppID:                   types.StringValue(w.AppID),
			Name:                    types.StringValue(w.Name),
			URL:                     types.StringValue(w.URL),
			Events:                  textSet(w.Events),
			Pattern:                 types.StringValue(w.Pattern),
			Batch:                   batchObject(w.Batch.MaxEvents),
			Enabled:                 types.BoolValue(w.Enabled),
			PreviousSecretExpiresAt: instantLike(types.StringNull(), w.PreviousSecretExpiresAt),
			CreatedAt:               instant(w.CreatedAt),
			UpdatedAt:               instant(w.UpdatedAt),
		}
		return nil
	})
}

func (d *webhookDataSource) find(ctx context.Context, config *webhookData) (*client.Webhook, error) {
	app := config.AppID.ValueString()
	if id := config.ID.ValueString(); id != "" {
		return d.client.GetWebhook(ctx, app, id)
	}
	name := config.Name.ValueString()
	return only(ctx, d.client.Webhooks(ctx, app), fmt.Sprintf("webhook %q in app %s", name, app),
		func(w *client.Webhook) bool { return w.Name == name })
}
