package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// importTwo takes `outer/inner` apart: an id that is one only within what holds it.
func importTwo(ctx context.Context, outer, inner string, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	first, second, ok := strings.Cut(req.ID, "/")
	if !ok || first == "" || second == "" || strings.Contains(second, "/") {
		resp.Diagnostics.AddError("Not an id to import", fmt.Sprintf("The id %q is not of the form %s/%s.", req.ID, outer, inner))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(outer), types.StringValue(first))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), types.StringValue(second))...)
}
