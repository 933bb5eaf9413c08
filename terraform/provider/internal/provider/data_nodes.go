package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// nodesDataSource is data.tidegate_nodes: the gateway's processes. It needs the operator.
type nodesDataSource struct{ connectedDataSource }

type nodesData struct {
	Nodes       []nodeData  `tfsdk:"nodes"`
	Live        types.Int64 `tfsdk:"live"`
	Connections types.Int64 `tfsdk:"connections"`
}

type nodeData struct {
	ID          types.String     `tfsdk:"id"`
	StartedAt   types.String     `tfsdk:"started_at"`
	Version     types.String     `tfsdk:"version"`
	Connections types.Int64      `tfsdk:"connections"`
	Live        types.Bool       `tfsdk:"live"`
	Figures     *nodeFiguresData `tfsdk:"figures"`
}

type nodeFiguresData struct {
	Channels            types.Int64   `tfsdk:"channels"`
	PublishesPerSecond  types.Float64 `tfsdk:"publishes_per_second"`
	DeliveriesPerSecond types.Float64 `tfsdk:"deliveries_per_second"`
	BytesInPerSecond    types.Float64 `tfsdk:"bytes_in_per_second"`
	BytesOutPerSecond   types.Float64 `tfsdk:"bytes_out_per_second"`
	RefusalsPerSecond   types.Float64 `tfsdk:"refusals_per_second"`
	LatencyMs           types.Object  `tfsdk:"latency_ms"`
	HeapUsedBytes       types.Int64   `tfsdk:"heap_used_bytes"`
	HeapMaxBytes        types.Int64   `tfsdk:"heap_max_bytes"`
	At                  types.String  `tfsdk:"at"`
}

var _ datasource.DataSourceWithConfigure = (*nodesDataSource)(nil)

func newNodesDataSource() datasource.DataSource { return &nodesDataSource{} }

func (d *nodesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_nodes"
}

func (d *nodesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The gateway's nodes, with those gone within the last hour. Needs an operator token. The figures change all the time: what depends on them plans a change each time.",
		Attributes: map[string]schema.Attribute{
			"live":        readNumber("How many nodes are live."),
			"connections": readNumber("Connections on all live nodes."),
			"nodes": readObjects("All nodes registered.", map[string]schema.Attribute{
				"id":          readText("The node's id."),
				"started_at":  readText("When it started (RFC 3339)."),
				"version":     readText("The version it runs."),
				"connections": readNumber("Its open connections."),
				"live":        readFlag("Whether it is there now."),
				"figures": readObject("What it does now; null when it is gone, or has not told for some seconds.", map[string]schema.Attribute{
					"channels":              readNumber("Channels with a subscription."),
					"publishes_per_second":  readFraction("Messages accepted."),
					"deliveries_per_second": readFraction("Messages written to subscribers."),
					"bytes_in_per_second":   readFraction("Of what is published."),
					"bytes_out_per_second":  readFraction("Of the messages delivered, as JSON."),
					"refusals_per_second":   readFraction("Refusals."),
					"latency_ms":            latencyAttribute(),
					"heap_used_bytes":       readNumber("Java heap in use."),
					"heap_max_bytes":        readNumber("Java heap at most."),
					"at":                    readText("When this was so (RFC 3339)."),
				}),
			}),
		},
	}
}

func (d *nodesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	lookup(ctx, &d.connected, "the gateway's nodes", req, resp, func(ctx context.Context, data *nodesData) error {
		nodes, err := d.client.Nodes(ctx)
		if err != nil {
			return err
		}
		data.Nodes = make([]nodeData, 0, len(nodes))
		var live, connections int64
		for _, node := range nodes {
			if node.Live {
				live++
				connections += node.Connections
			}
			data.Nodes = append(data.Nodes, nodeData{
				ID:          types.StringValue(node.ID),
				StartedAt:   instant(node.StartedAt),
				Version:     types.StringValue(node.Version),
				Connections: types.Int64Value(node.Connections),
				Live:        types.BoolValue(node.Live),
				Figures:     figuresOf(node.Figures),
			})
		}
		data.Live, data.Connections = types.Int64Value(live), types.Int64Value(connections)
		return nil
	})
}

func figuresOf(f *client.NodeFigures) *nodeFiguresData {
	if f == nil {
		return nil
	}
	return &nodeFiguresData{
		Channels:            types.Int64Value(f.Channels),
		PublishesPerSecond:  types.Float64Value(f.PublishesPerSecond),
		DeliveriesPerSecond: types.Float64Value(f.DeliveriesPerSecond),
		BytesInPerSecond:    types.Float64Value(f.BytesInPerSecond),
		BytesOutPerSecond:   types.Float64Value(f.BytesOutPerSecond),
		RefusalsPerSecond:   types.Float64Value(f.RefusalsPerSecond),
		LatencyMs:           latencyObject(f.LatencyMs),
		HeapUsedBytes:       types.Int64Value(f.HeapUsedBytes),
		HeapMaxBytes:        types.Int64Value(f.HeapMaxBytes),
		At:                  instant(f.At),
	}
}

func latencyAttribute() schema.SingleNestedAttribute {
	return readObject("From a message being numbered until it is written to those that keep up, in ms; null when nothing was delivered.",
		map[string]schema.Attribute{
			"p50": readFraction("Half of all are below."),
			"p95": readFraction("95 % are below."),
			"p99": readFraction("99 % are below."),
		})
}

var latencyTypes = map[string]attr.Type{"p50": types.Float64Type, "p95": types.Float64Type, "p99": types.Float64Type}

func latencyObject(l *client.Latency) types.Object {
	if l == nil {
		return types.ObjectNull(latencyTypes)
	}
	return types.ObjectValueMust(latencyTypes, map[string]attr.Value{
		"p50": types.Float64Value(l.P50), "p95": types.Float64Value(l.P95), "p99": types.Float64Value(l.P99),
	})
}
