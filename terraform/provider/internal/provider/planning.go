package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// sameInstant keeps the state's text of a time when the configuration writes the same moment otherwise.
type sameInstant struct{}

func (sameInstant) Description(context.Context) string {
	return "The same moment written otherwise is no change."
}

func (m sameInstant) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (sameInstant) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	was, will := timeOf(req.StateValue), timeOf(req.ConfigValue)
	if was != nil && will != nil && was.Equal(*will) {
		resp.PlanValue = req.StateValue
	}
}

// replaceUnlessSameInstant is for things that cannot be given another expiry.
func replaceUnlessSameInstant() planmodifier.String {
	const why = "Another expiry makes another one; the same moment written otherwise does not."
	return stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			was, will := timeOf(req.StateValue), timeOf(req.ConfigValue)
			resp.RequiresReplace = was == nil || will == nil || !was.Equal(*will)
		}, why, why)
}

// sameFold keeps the state's text when only its case differs.
type sameFold struct{}

func (sameFold) Description(context.Context) string { return "Another case is no change." }

func (m sameFold) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (sameFold) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.StateValue.IsNull() && !req.ConfigValue.IsNull() && strings.EqualFold(req.StateValue.ValueString(), req.ConfigValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

func replaceUnlessSameFold() planmodifier.String {
	const why = "Another e-mail is another member; another case of it is not."
	return stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = req.ConfigValue.IsUnknown() || !strings.EqualFold(req.StateValue.ValueString(), req.ConfigValue.ValueString())
		}, why, why)
}

// rotateWhenAttribute: what was noted and is another now makes a new secret. Values noted for the first time, on
// something imported say, or noted no longer, rotate nothing.
func rotateWhenAttribute(thing string) schema.MapAttribute {
	const why = "Values that are others than those noted before make a new one."
	return schema.MapAttribute{
		ElementType: types.StringType,
		Optional:    true,
		MarkdownDescription: "Values of your choice. When one that was noted before changes, " + thing + " is replaced by a new one with a new secret; " +
			"beginning or ceasing to note any rotates nothing. With `lifecycle { create_before_destroy = true }` the old one ends only " +
			"after the new one is there and all that depends on it has it; without it there is a time when neither is good.",
		PlanModifiers: []planmodifier.Map{mapplanmodifier.RequiresReplaceIf(
			func(_ context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
				resp.RequiresReplace = !req.StateValue.IsNull() && !req.ConfigValue.IsNull()
			}, why, why)},
	}
}

// idAttribute is given by the gateway and never changes.
func idAttribute(description string) schema.StringAttribute { return settled(description, false) }

// settled is computed once, on creation.
func settled(description string, sensitive bool) schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		Sensitive:           sensitive,
		MarkdownDescription: description,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// ownerAttribute is the id of what holds a thing; another makes another thing.
func ownerAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: description + " Another one replaces it.",
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}
