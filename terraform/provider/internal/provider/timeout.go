package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// defaultTimeout bounds one operation with all its tries, unless `timeouts` says otherwise.
const defaultTimeout = 5 * time.Minute

// within gives the context of one operation its time.
func within(
	ctx context.Context, timeout func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	d, problems := timeout(ctx, defaultTimeout)
	diags.Append(problems...)
	return context.WithTimeout(ctx, d)
}

// timeoutsAttribute is the four timeouts that every resource has, each with its default said.
func timeoutsAttribute(ctx context.Context) schema.Attribute {
	bound := func(what string) string {
		return "How long " + what + " may take with all tries, such as `30s` or `2m`. Default `5m`."
	}
	attribute := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, CreateDescription: bound("a creation"),
		Read: true, ReadDescription: bound("reading, also in a plan,"),
		Update: true, UpdateDescription: bound("a change"),
		Delete: true, DeleteDescription: bound("a deletion") + " What the last apply left in the state counts.",
	})
	if nested, ok := attribute.(schema.SingleNestedAttribute); ok {
		nested.MarkdownDescription = "How long operations may take."
		return nested
	}
	return attribute
}
