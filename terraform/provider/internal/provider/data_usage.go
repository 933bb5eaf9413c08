package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// maxUsageRows bounds what one data source puts into the state: 30 days of hours of 27 apps. More is refused, not cut
// off: half a bill is no bill.
const maxUsageRows = 20000

// usageDataSource is data.tidegate_usage: what a tenant's apps used.
type usageDataSource struct{ connectedDataSource }

type usageData struct {
	TenantID types.String `tfsdk:"tenant_id"`
	AppID    types.String `tfsdk:"app_id"`
	Unit     types.String `tfsdk:"unit"`
	Start    types.String `tfsdk:"start"`
	End      types.String `tfsdk:"end"`
	Usage    []usageRow   `tfsdk:"usage"`
}

type usageRow struct {
	Start             types.String `tfsdk:"start"`
	AppID             types.String `tfsdk:"app_id"`
	Publishes         types.Int64  `tfsdk:"publishes"`
	Deliveries        types.Int64  `tfsdk:"deliveries"`
	BytesIn           types.Int64  `tfsdk:"bytes_in"`
	BytesOut          types.Int64  `tfsdk:"bytes_out"`
	ConnectionsPeak   types.Int64  `tfsdk:"connections_peak"`
	ConnectionMinutes types.Int64  `tfsdk:"connection_minutes"`
	ChannelsPeak      types.Int64  `tfsdk:"channels_peak"`
	MembersPeak       types.Int64  `tfsdk:"members_peak"`
	StoredBytes       types.Int64  `tfsdk:"stored_bytes"`
	Webhooks          types.Int64  `tfsdk:"webhooks"`
	Refusals          types.Map    `tfsdk:"refusals"`
	LatencyMs         types.Object `tfsdk:"latency_ms"`
}

var _ datasource.DataSourceWithConfigure = (*usageDataSource)(nil)

func newUsageDataSource() datasource.DataSource { return &usageDataSource{} }

func (d *usageDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_usage"
}

func (d *usageDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	optional := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: validators}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "What a tenant's apps used: a row for each app and each minute, hour, day or month (UTC) in which it used or stored anything, the oldest first. The one that is running is not complete.",
		Attributes: map[string]schema.Attribute{
			"tenant_id": asked("The tenant."),
			"app_id":    optional("This app only.", stringvalidator.RegexMatches(appID, "must be an app's id, such as 482913")),
			"unit":      optional("`minute`, `hour` (without it), `day` or `month`.", stringvalidator.OneOf("minute", "hour", "day", "month")),
			"start":     optional("From the unit that contains this time (RFC 3339) on. Without it the last hour of minutes, day of hours, 30 days, or year of months.", timestampValidator{}),
			"end":       optional("Until this time (RFC 3339), exclusive. Without it now.", timestampValidator{}),
			"usage": readObjects("The rows, at most 20000.", map[string]schema.Attribute{
				"start":              readText("When the unit begins (RFC 3339)."),
				"app_id":             readText("The app."),
				"publishes":          readNumber("Messages accepted, once however many receive them."),
				"deliveries":         readNumber("Messages times the subscriptions they were written to."),
				"bytes_in":           readNumber("Of data, name and headers of what was published."),
				"bytes_out":          readNumber("Of the messages delivered, as JSON, without framing."),
				"connections_peak":   readNumber("Connections at a time, at most."),
				"connection_minutes": readNumber("Minutes of all connections together."),
				"channels_peak":      readNumber("Channels with a subscription at a time, at most."),
				"members_peak":       readNumber("Clients present in channels at a time, at most."),
				"stored_bytes":       readNumber("What the durable log held at most."),
				"webhooks":           readNumber("Calls made to webhooks, repeated ones too."),
				"refusals":           schema.MapAttribute{Computed: true, ElementType: types.Int64Type, MarkdownDescription: "How often each code was answered."},
				"latency_ms":         latencyAttribute(),
			}),
		},
	}
}

func (d *usageDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the tenant's usage", req, resp, func(ctx context.Context, data *usageData) error {
		data.Usage = []usageRow{}
		rows := d.client.Usage(ctx, data.TenantID.ValueString(), client.UsageQuery{
			AppID: data.AppID.ValueString(), Unit: data.Unit.ValueString(),
			Start: timeOf(data.Start), End: timeOf(data.End),
		})
		for row, err := range rows {
			if err != nil {
				return err
			}
			if len(data.Usage) == maxUsageRows {
				return fmt.Errorf("it has more than %d rows; ask for a larger unit, a shorter time or one app", maxUsageRows)
			}
			data.Usage = append(data.Usage, usageRowOf(row))
		}
		return nil
	})
}

func usageRowOf(u client.Usage) usageRow {
	return usageRow{
		Start:             instant(u.Start),
		AppID:             types.StringValue(u.AppID),
		Publishes:         types.Int64Value(u.Publishes),
		Deliveries:        types.Int64Value(u.Deliveries),
		BytesIn:           types.Int64Value(u.BytesIn),
		BytesOut:          types.Int64Value(u.BytesOut),
		ConnectionsPeak:   types.Int64Value(u.ConnectionsPeak),
		ConnectionMinutes: types.Int64Value(u.ConnectionMinutes),
		ChannelsPeak:      types.Int64Value(u.ChannelsPeak),
		MembersPeak:       types.Int64Value(u.MembersPeak),
		StoredBytes:       types.Int64Value(u.StoredBytes),
		Webhooks:          types.Int64Value(u.Webhooks),
		Refusals:          countMap(u.Refusals),
		LatencyMs:         latencyObject(u.LatencyMs),
	}
}

func countMap(counts map[string]int64) types.Map {
	all := make(map[string]attr.Value, len(counts))
	for code, count := range counts {
		all[code] = types.Int64Value(count)
	}
	return types.MapValueMust(types.Int64Type, all)
}
