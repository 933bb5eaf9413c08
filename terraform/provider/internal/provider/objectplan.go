package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// objectPlan is for an object of which an absent field has its default, and which, all absent, is not managed: it
// stays as it is.
type objectPlan struct {
	description string
	defaults    map[string]attr.Value
}

func (m objectPlan) Description(context.Context) string { return m.description }

func (m objectPlan) MarkdownDescription(context.Context) string { return m.description }

func (m objectPlan) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	switch {
	case req.ConfigValue.IsUnknown():
		return
	case req.ConfigValue.IsNull():
		if !req.State.Raw.IsNull() && resp.PlanValue.IsUnknown() {
			resp.PlanValue = req.StateValue
		}
		return
	}
	all := req.ConfigValue.Attributes() // a copy
	for name, value := range m.defaults {
		if all[name].IsNull() {
			all[name] = value
		}
	}
	value, diags := types.ObjectValue(req.ConfigValue.AttributeTypes(ctx), all)
	resp.Diagnostics.Append(diags...)
	resp.PlanValue = value
}
