package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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
