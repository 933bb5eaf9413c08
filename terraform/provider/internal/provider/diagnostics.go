package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// refusal is the provider's own: the gateway was not asked, or asked for no more than this.
type refusal struct{ attribute, summary, detail string }

func (r *refusal) Error() string { return r.summary + ": " + r.detail }

// refused reports a refusal, and nothing when there is none.
func refused(err error, diags *diag.Diagnostics) bool {
	var own *refusal
	if !errors.As(err, &own) {
		return false
	}
	diags.AddAttributeError(path.Root(own.attribute), own.summary, own.detail)
	return true
}

// step is the part of an operation that failed, where others had been carried out.
type step struct {
	what string
	error
}

func (s *step) Unwrap() error { return s.error }

// fail reports that something could not be done: with the code, the request id and a link when the gateway
// refused, so that the refusal can be looked up and found in its logs.
func (c *connected) fail(diags *diag.Diagnostics, what string, err error) {
	if refused(err, diags) {
		return
	}
	var failed *step
	if errors.As(err, &failed) {
		what = failed.what
	}
	var problem *client.Problem
	switch {
	case errors.As(err, &problem):
		diags.AddError(summary(what, problem), c.explain(problem))
	case errors.Is(err, context.DeadlineExceeded):
		diags.AddError("Could not "+what+" in time", err.Error()+"\n\nWhether it was carried out is not known; the next plan shows it. `timeouts` gives it more time.")
	default:
		diags.AddError("Could not "+what, err.Error())
	}
}

func summary(what string, p *client.Problem) string {
	if p.Code == 0 {
		return fmt.Sprintf("Could not %s: HTTP %d", what, p.Status)
	}
	return fmt.Sprintf("Could not %s: %s (%d)", what, p.Title, p.Code)
}

func (c *connected) explain(p *client.Problem) string {
	var b strings.Builder
	b.WriteString(p.Detail)
	for _, fault := range p.Fields {
		fmt.Fprintf(&b, "\n- %s %s", fault.Field, fault.Message)
	}
	if advice := advice(p); advice != "" {
		b.WriteString("\n\n" + advice)
	}
	if p.RetryAfter > 0 {
		fmt.Fprintf(&b, "\n\nThe gateway asks to wait %s.", p.RetryAfter)
	}
	fmt.Fprintf(&b, "\n\nRequest: %s", p.RequestID)
	if p.Slug != "" && c.client != nil {
		fmt.Fprintf(&b, "\nMeaning: %s/docs/errors#%s", c.client.Endpoint(), p.Slug)
	}
	return b.String()
}

// advice says what the configuration can do about a refusal.
func advice(p *client.Problem) string {
	switch {
	case p.Status == 401:
		return "The provider's token is not good: wrong, expired, or revoked since. Nothing was changed by this request."
	case p.Status == 403:
		return "The provider's token is good, but its role is too weak for this."
	case p.Code == client.CodeHasChildren:
		return "Destroy what it holds first. Or set `cascade = true`, apply, and destroy then: all that it holds is deleted with it."
	case p.Code == client.CodeAlreadyMember:
		return "Import what is there already, or take it out of the configuration."
	}
	return ""
}
