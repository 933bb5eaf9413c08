package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// namespaceModel is a namespace as Terraform holds it.
type namespaceModel struct {
	ID              types.String   `tfsdk:"id"`
	AppID           types.String   `tfsdk:"app_id"`
	Name            types.String   `tfsdk:"name"`
	Pattern         types.String   `tfsdk:"pattern"`
	Durability      types.String   `tfsdk:"durability"`
	Window          types.Object   `tfsdk:"window"`
	RetentionDays   types.Int64    `tfsdk:"retention_days"`
	Rewind          types.Object   `tfsdk:"rewind"`
	MaxMessageBytes types.Int64    `tfsdk:"max_message_bytes"`
	Public          types.Bool     `tfsdk:"public"`
	ClientPublish   types.Bool     `tfsdk:"client_publish"`
	Presence        types.Object   `tfsdk:"presence"`
	Conflate        types.String   `tfsdk:"conflate"`
	RequireClientID types.Bool     `tfsdk:"require_client_id"`
	CreatedAt       types.String   `tfsdk:"created_at"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

func (m *namespaceModel) what() string { return "the namespace " + m.Name.ValueString() }

func (m *namespaceModel) timesOut() timeouts.Value { return m.Timeouts }

// rules is the whole set of rules of a plan or a state, in which defaults have made every value known.
func (m *namespaceModel) rules() client.NamespaceRules {
	return client.NamespaceRules{
		Pattern:         m.Pattern.ValueString(),
		Durability:      m.Durability.ValueString(),
		Window:          spanOf(m.Window),
		RetentionDays:   m.RetentionDays.ValueInt64(),
		Rewind:          spanOf(m.Rewind),
		MaxMessageBytes: m.MaxMessageBytes.ValueInt64(),
		Public:          m.Public.ValueBool(),
		ClientPublish:   m.ClientPublish.ValueBool(),
		Presence:        presenceOf(m.Presence),
		Conflate:        m.Conflate.ValueString(),
		RequireClientID: m.RequireClientID.ValueBool(),
	}
}

// read takes over all that the gateway says, so that drift shows.
func (m *namespaceModel) read(appID string, n *client.Namespace) {
	m.ID = types.StringValue(appID + "/" + n.Name)
	m.AppID = types.StringValue(appID)
	m.Name = types.StringValue(n.Name)
	m.Pattern = types.StringValue(n.Pattern)
	m.Durability = types.StringValue(n.Durability)
	m.Window = spanObject(n.Window)
	m.RetentionDays = types.Int64Value(n.RetentionDays)
	m.Rewind = spanObject(n.Rewind)
	m.MaxMessageBytes = types.Int64Value(n.MaxMessageBytes)
	m.Public = types.BoolValue(n.Public)
	m.ClientPublish = types.BoolValue(n.ClientPublish)
	m.Presence = presenceObject(n.Presence)
	m.Conflate = types.StringValue(n.Conflate)
	m.RequireClientID = types.BoolValue(n.RequireClientID)
	m.CreatedAt = instant(n.CreatedAt)
}

// describes: the gateway has these rules.
func (m *namespaceModel) describes(n *client.Namespace) bool { return m.rules() == n.NamespaceRules }

var (
	spanTypes     = map[string]attr.Type{"messages": types.Int64Type, "seconds": types.Int64Type}
	presenceTypes = map[string]attr.Type{
		"mode": types.StringType, "max_members": types.Int64Type, "grace_seconds": types.Int64Type,
	}
)

func spanObject(s client.Span) types.Object {
	return types.ObjectValueMust(spanTypes, map[string]attr.Value{
		"messages": types.Int64Value(s.Messages), "seconds": types.Int64Value(s.Seconds),
	})
}

func spanOf(value types.Object) client.Span {
	return client.Span{Messages: number(value, "messages"), Seconds: number(value, "seconds")}
}

func presenceObject(p client.NamespacePresence) types.Object {
	return types.ObjectValueMust(presenceTypes, map[string]attr.Value{
		"mode": types.StringValue(p.Mode), "max_members": types.Int64Value(p.MaxMembers),
		"grace_seconds": types.Int64Value(p.GraceSeconds),
	})
}

func presenceOf(value types.Object) client.NamespacePresence {
	mode, _ := value.Attributes()["mode"].(types.String)
	return client.NamespacePresence{
		Mode: mode.ValueString(), MaxMembers: number(value, "max_members"), GraceSeconds: number(value, "grace_seconds"),
	}
}

// number is a number within an object; 0 when it is not known.
func number(value types.Object, name string) int64 {
	n, _ := value.Attributes()[name].(types.Int64)
	return n.ValueInt64()
}
