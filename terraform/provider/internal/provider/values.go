package provider

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// instant is a time of the control plane as state holds it: RFC 3339 in UTC, without zeros at its end.
func instant(t time.Time) types.String { return types.StringValue(t.UTC().Format(time.RFC3339Nano)) }

// instantLike keeps the text of prior when it is the same moment: people may write 2027-01-01T01:00:00+01:00.
func instantLike(prior types.String, t *time.Time) types.String {
	if t == nil {
		return types.StringNull()
	}
	if was, err := time.Parse(time.RFC3339, prior.ValueString()); err == nil && was.Equal(*t) {
		return prior
	}
	return instant(*t)
}

// timeOf reads what timestampValidator has let through; null and unknown are nil.
func timeOf(value types.String) *time.Time {
	t, err := time.Parse(time.RFC3339, value.ValueString())
	if err != nil {
		return nil
	}
	return &t
}

// orFalse is for attributes that only the provider knows: an import finds none of them.
func orFalse(value types.Bool) types.Bool { return types.BoolValue(value.ValueBool()) }

// durationValidator takes what time.ParseDuration takes, if it is more than nothing.
type durationValidator struct{}

func (durationValidator) Description(context.Context) string {
	return "a duration such as 30s or 1m30s, above zero"
}

func (v durationValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v durationValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a duration", "It must be "+v.Description(ctx)+".")
	}
}

// timestampValidator takes RFC 3339 to the millisecond, which is all the gateway keeps.
type timestampValidator struct{}

func (timestampValidator) Description(context.Context) string {
	return "a time in RFC 3339, such as 2027-01-01T00:00:00Z, to the millisecond at most"
}

func (v timestampValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v timestampValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	t, err := time.Parse(time.RFC3339, req.ConfigValue.ValueString())
	if err != nil || !t.Equal(t.Truncate(time.Millisecond)) || strings.Contains(req.ConfigValue.ValueString(), ",") {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a time", "It must be "+v.Description(ctx)+".")
	}
}
