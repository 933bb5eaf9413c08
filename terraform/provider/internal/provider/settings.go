package provider

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

const (
	allowedOrigins  = "allowed_origins"
	messagePreviews = "message_previews"
)

// origin is the contract's AllowedOrigins.
var origin = regexp.MustCompile(`^(\*|https?://[^/?#\s]+)$`)

func settingTypes() map[string]attr.Type {
	return map[string]attr.Type{allowedOrigins: types.SetType{ElemType: types.StringType}, messagePreviews: types.BoolType}
}

func settingAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		allowedOrigins: schema.SetAttribute{
			ElementType: types.StringType,
			Optional:    true,
			Computed:    true,
			MarkdownDescription: "Origins (scheme, host, port) whose pages may connect; `*` any. Without it none: browsers stay out. " +
				"What is no browser always may.",
			Validators: []validator.Set{setvalidator.SizeAtMost(100), setvalidator.ValueStringsAre(
				stringvalidator.RegexMatches(origin, "must be * or an origin such as https://chat.example.com, without a path"))},
		},
		messagePreviews: schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Whether the app's log shows the beginning of what was published, to who may read it. Without it `true`.",
		},
	}
}

func settingDefaults() map[string]attr.Value {
	return map[string]attr.Value{
		allowedOrigins:  types.SetValueMust(types.StringType, []attr.Value{}),
		messagePreviews: types.BoolValue(true),
	}
}

// settingsToValue is what the gateway has.
func settingsToValue(wire client.AppSettings) basetypes.ObjectValue {
	return types.ObjectValueMust(settingTypes(), map[string]attr.Value{
		allowedOrigins:  textSet(wire.AllowedOrigins),
		messagePreviews: types.BoolValue(wire.MessagePreviews),
	})
}

// settingsToWire is nil when the configuration leaves settings alone.
func settingsToWire(value basetypes.ObjectValue) *client.AppSettings {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	wire := client.AppSettings{AllowedOrigins: []string{}, MessagePreviews: true}
	if origins, ok := value.Attributes()[allowedOrigins].(basetypes.SetValue); ok {
		wire.AllowedOrigins = texts(origins)
	}
	if previews, ok := value.Attributes()[messagePreviews].(basetypes.BoolValue); ok && !previews.IsNull() {
		wire.MessagePreviews = previews.ValueBool()
	}
	return &wire
}
