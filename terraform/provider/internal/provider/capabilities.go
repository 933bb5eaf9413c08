package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// capabilitiesType is a map of sets: channel pattern to operations.
var capabilitiesType = types.SetType{ElemType: types.StringType}

const capabilitiesDescription = "Channel pattern to operations: `publish`, `subscribe`, `presence`, `history` and `admin`. " +
	"Patterns are segmented by `:`; `*` is one segment, a trailing `*` the rest, `*` alone all channels."

// capabilitiesValidators are the contract's bounds. admin: keys only, tokens never carry it.
func capabilitiesValidators(operations ...string) []validator.Map {
	return []validator.Map{
		mapvalidator.SizeBetween(1, 100),
		mapvalidator.KeysAre(ChannelPattern()),
		mapvalidator.ValueSetsAre(setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(stringvalidator.OneOf(operations...))),
	}
}

func keyOperations() []string {
	return []string{"publish", "subscribe", "presence", "history", "admin"}
}

func capabilitiesToValue(wire map[string][]string) basetypes.MapValue {
	all := make(map[string]attr.Value, len(wire))
	for pattern, operations := range wire {
		all[pattern] = textSet(operations)
	}
	return types.MapValueMust(capabilitiesType, all)
}

func capabilitiesToWire(value basetypes.MapValue) map[string][]string {
	wire := make(map[string][]string, len(value.Elements()))
	for pattern, operations := range value.Elements() {
		if set, ok := operations.(basetypes.SetValue); ok {
			wire[pattern] = texts(set)
		}
	}
	return wire
}

func textSet(all []string) basetypes.SetValue {
	values := make([]attr.Value, len(all))
	for i, s := range all {
		values[i] = types.StringValue(s)
	}
	return types.SetValueMust(types.StringType, values)
}

// texts are sorted, so that the same set is the same request.
func texts(set basetypes.SetValue) []string {
	all := make([]string, 0, len(set.Elements()))
	for _, v := range set.Elements() {
		if s, ok := v.(basetypes.StringValue); ok {
			all = append(all, s.ValueString())
		}
	}
	slices.Sort(all)
	return all
}
