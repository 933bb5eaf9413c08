package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func deletionProtectionAttribute(kind string) schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional: true,
		Computed: true,
		Default:  booldefault.StaticBool(false),
		MarkdownDescription: "While `true`, a plan that would destroy or replace the " + kind + " fails. It is the provider's own: the gateway does not know it. " +
			"To destroy, set it to `false` and apply that first. Default `false`.",
	}
}

func cascadeAttribute(thing, what string) schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional: true,
		Computed: true,
		Default:  booldefault.StaticBool(false),
		MarkdownDescription: "Whether destroying " + thing + " deletes " + what + " too. Otherwise the gateway refuses while there are any (40903). " +
			"It is the provider's own, and what the last apply left in the state counts: set it and apply before you destroy. Default `false`.",
	}
}

func createdAtAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: "When it was created (RFC 3339).",
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// refuseProtected fails a plan that would destroy what is protected, before anything else of it is carried out.
// What a plan does not show the provider (-replace, a taint) the deletion itself refuses.
func refuseProtected(ctx context.Context, kind string, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var protection types.Bool
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("deletion_protection"), &protection)...)
	refused(protected(protection, kind), &resp.Diagnostics)
}

// protected is nil unless the thing is.
func protected(protection types.Bool, kind string) error {
	if !protection.ValueBool() {
		return nil
	}
	return &refusal{
		attribute: "deletion_protection",
		summary:   "The " + kind + " is protected",
		detail:    "It has deletion_protection = true, so it is neither destroyed nor replaced. Set it to false and apply, then do this again.",
	}
}
