package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// limit is one of a tenant's limits: its name here, its place on the wire, what it is without a value.
type limit struct {
	name        string
	description string
	of          func(*client.TenantLimits) **int64
	// most is the gateway's own bound and its default; 0: no bound, and unlimited by default.
	most int64
}

var limits = []limit{
	{"connections", "Open connections.", func(l *client.TenantLimits) **int64 { return &l.Connections }, 0},
	{"connections_per_second", "New connections per second.", func(l *client.TenantLimits) **int64 { return &l.ConnectionsPerSecond }, 0},
	{"publishes_per_second", "Messages published per second.", func(l *client.TenantLimits) **int64 { return &l.PublishesPerSecond }, 0},
	{"publish_burst", "Messages that may be published at once. Without it one second's worth of `publishes_per_second`.", func(l *client.TenantLimits) **int64 { return &l.PublishBurst }, 0},
	{"deliveries_per_second", "Messages written to subscribers per second.", func(l *client.TenantLimits) **int64 { return &l.DeliveriesPerSecond }, 0},
	{"channels", "Channels occupied or with messages stored.", func(l *client.TenantLimits) **int64 { return &l.Channels }, 0},
	{"subscriptions_per_connection", "Channels of one connection.", func(l *client.TenantLimits) **int64 { return &l.SubscriptionsPerConnection }, 0},
	{"inbound_messages_per_second", "Frames per second from one connection.", func(l *client.TenantLimits) **int64 { return &l.InboundMessagesPerSecond }, 0},
	{"inbound_bytes_per_second", "Bytes per second from one connection.", func(l *client.TenantLimits) **int64 { return &l.InboundBytesPerSecond }, 0},
	{"max_message_bytes", "Size of one message.", func(l *client.TenantLimits) **int64 { return &l.MaxMessageBytes }, 65536},
	{"max_batch_messages", "Messages in one array.", func(l *client.TenantLimits) **int64 { return &l.MaxBatchMessages }, 100},
	{"presence_members_per_channel", "Members present in one channel.", func(l *client.TenantLimits) **int64 { return &l.PresenceMembersPerChannel }, 0},
	{"history_days", "Days that durable messages are kept.", func(l *client.TenantLimits) **int64 { return &l.HistoryDays }, 0},
	{"stored_bytes", "What the durable log may hold.", func(l *client.TenantLimits) **int64 { return &l.StoredBytes }, 0},
	{"webhooks_per_second", "Webhook calls per second.", func(l *client.TenantLimits) **int64 { return &l.WebhooksPerSecond }, 0},
	{"requests_per_second_per_key", "REST requests per second with one key.", func(l *client.TenantLimits) **int64 { return &l.RequestsPerSecondPerKey }, 0},
	{"requests_per_second_per_ip", "REST requests per second from one address.", func(l *client.TenantLimits) **int64 { return &l.RequestsPerSecondPerIP }, 0},
}

func limitTypes() map[string]attr.Type {
	all := make(map[string]attr.Type, len(limits))
	for _, l := range limits {
		all[l.name] = types.Int64Type
	}
	return all
}

func limitAttributes() map[string]schema.Attribute {
	all := make(map[string]schema.Attribute, len(limits))
	for _, l := range limits {
		a := schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: l.description + " Without it unlimited.",
			Validators:          []validator.Int64{int64validator.AtLeast(0)},
		}
		if l.most > 0 {
			a.Computed = true
			a.MarkdownDescription = fmt.Sprintf("%s At most %d, which it is without it.", l.description, l.most)
			a.Validators = []validator.Int64{int64validator.Between(1, l.most)}
		}
		all[l.name] = a
	}
	return all
}

// limitsToValue is what the gateway has. One that was lifted (null) is at the gateway's own bound, if there is one: the
// same limit, and a configuration has but one way to say it.
func limitsToValue(wire client.TenantLimits) basetypes.ObjectValue {
	all := make(map[string]attr.Value, len(limits))
	for _, l := range limits {
		value := *l.of(&wire)
		if value == nil && l.most > 0 {
			value = &l.most
		}
		all[l.name] = types.Int64PointerValue(value)
	}
	return types.ObjectValueMust(limitTypes(), all)
}

// limitsToWire is nil when the configuration leaves limits alone.
func limitsToWire(value basetypes.ObjectValue) *client.TenantLimits {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	var wire client.TenantLimits
	for _, l := range limits {
		if v, ok := value.Attributes()[l.name].(basetypes.Int64Value); ok && !v.IsUnknown() {
			*l.of(&wire) = v.ValueInt64Pointer()
		}
	}
	return &wire
}

// limitsPlan: limits that a configuration has are all it says; those it has not are the operator's business.
func limitsPlan() objectPlan {
	defaults := map[string]attr.Value{}
	for _, l := range limits {
		if l.most > 0 {
			defaults[l.name] = types.Int64Value(l.most)
		}
	}
	return objectPlan{
		description: "Without `limits` they stay as they are; a limit left out of them has its default.",
		defaults:    defaults,
	}
}
