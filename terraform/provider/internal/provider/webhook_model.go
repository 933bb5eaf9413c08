package provider

import (
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// webhookModel is a webhook as Terraform holds it.
type webhookModel struct {
	ID                     types.String   `tfsdk:"id"`
	AppID                  types.String   `tfsdk:"app_id"`
	Name                   types.String   `tfsdk:"name"`
	URL                    types.String   `tfsdk:"url"`
	Events                 types.Set      `tfsdk:"events"`
	Pattern                types.String   `tfsdk:"pattern"`
	Batch                  types.Object   `tfsdk:"batch"`
	Enabled                types.Bool     `tfsdk:"enabled"`
	RotateWhen             types.Map      `tfsdk:"rotate_when"`
	RotationOverlapSeconds types.Int64    `tfsdk:"rotation_overlap_seconds"`
	Secret                 types.String   `tfsdk:"secret"`
	CreatedAt              types.String   `tfsdk:"created_at"`
	Timeouts               timeouts.Value `tfsdk:"timeouts"`
}

func (m *webhookModel) what() string { return "the webhook " + m.Name.ValueString() }

func (m *webhookModel) timesOut() timeouts.Value { return m.Timeouts }

// settings is everything of a webhook that is set, for creations and changes alike.
func (m *webhookModel) settings() client.WebhookSettings {
	return client.WebhookSettings{
		Name:    m.Name.ValueString(),
		URL:     m.URL.ValueString(),
		Events:  texts(m.Events),
		Pattern: m.Pattern.ValueString(),
		Batch:   client.WebhookBatch{MaxEvents: number(m.Batch, "max_events")},
		Enabled: m.Enabled.ValueBool(),
	}
}

// read takes over what the gateway says and leaves what only Terraform knows: the secret, unless it is told now, and
// when to rotate.
func (m *webhookModel) read(w *client.Webhook) {
	m.ID = types.StringValue(w.ID)
	m.AppID = types.StringValue(w.AppID)
	m.Name = types.StringValue(w.Name)
	m.URL = types.StringValue(w.URL)
	m.Events = textSet(w.Events)
	m.Pattern = types.StringValue(w.Pattern)
	m.Batch = batchObject(w.Batch.MaxEvents)
	m.Enabled = types.BoolValue(w.Enabled)
	m.CreatedAt = instant(w.CreatedAt)
	if w.Secret != "" {
		m.Secret = types.StringValue(w.Secret)
	}
}

// describes: the gateway has these settings.
func (m *webhookModel) describes(w *client.Webhook) bool {
	return sameSettings(m.settings(), w.WebhookSettings)
}

// settingsEqual: the gateway has nothing to do to get from one to the other.
func (m *webhookModel) settingsEqual(other *webhookModel) bool {
	return sameSettings(m.settings(), other.settings())
}

func sameSettings(a, b client.WebhookSettings) bool {
	a.Events, b.Events = slices.Sorted(slices.Values(a.Events)), slices.Sorted(slices.Values(b.Events))
	return reflect.DeepEqual(a, b)
}

// rotates: the secret is to be another one than in that state. Values noted for the first time (on something imported,
// say) or noted no longer rotate nothing, as with keys.
func (m *webhookModel) rotates(was *webhookModel) bool {
	return !m.RotateWhen.IsNull() && !was.RotateWhen.IsNull() && !m.RotateWhen.Equal(was.RotateWhen)
}

// overlapSeconds is how long the old secret stays good.
func (m *webhookModel) overlapSeconds() int64 {
	if m.RotationOverlapSeconds.IsNull() {
		return defaultOverlapSeconds
	}
	return m.RotationOverlapSeconds.ValueInt64()
}

var batchTypes = map[string]attr.Type{"max_events": types.Int64Type}

func batchObject(maxEvents int64) types.Object {
	return types.ObjectValueMust(batchTypes, map[string]attr.Value{"max_events": types.Int64Value(maxEvents)})
}
