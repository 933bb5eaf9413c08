package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// The steps that creating, reading, changing and destroying are of, whatever the resource: take its model from the
// request, allow the operation its time, ask the gateway, keep what it answered and the version it answered with. A
// resource gives the one step of its own, which returns that version's ETag, or none for things that have no version.

// model is what state and plan of a resource are made of.
type model[M any] interface {
	*M
	// what names the thing in a diagnostic: "the app".
	what() string
	timesOut() timeouts.Value
}

// errGone: the gateway still tells of the thing, but for Terraform there is none any more.
var errGone = errors.New("it is gone")

func create[M any, P model[M]](
	ctx context.Context, c *connected, verb string, req resource.CreateRequest, resp *resource.CreateResponse,
	ask func(ctx context.Context, plan P) (etag string, err error),
) {
	plan := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	ctx, cancel := within(ctx, plan.timesOut().Create, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !c.ready(&resp.Diagnostics) {
		return
	}
	etag, err := ask(ctx, plan)
	if err != nil {
		c.fail(&resp.Diagnostics, verb+" "+plan.what(), err)
		return
	}
	note(ctx, resp.Private, etag, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// read takes what is not there, or fails with errGone, out of the state: the next plan makes it again.
func read[M any, P model[M]](
	ctx context.Context, c *connected, req resource.ReadRequest, resp *resource.ReadResponse,
	ask func(ctx context.Context, state P) (etag string, err error),
) {
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	ctx, cancel := within(ctx, state.timesOut().Read, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !c.ready(&resp.Diagnostics) {
		return
	}
	etag, err := ask(ctx, state)
	switch {
	case client.IsNotFound(err) || errors.Is(err, errGone):
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		c.fail(&resp.Diagnostics, "read "+state.what(), err)
		return
	}
	note(ctx, resp.Private, etag, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// update gives ask the version that the plan was made on. What it returns is the version by then. With an error beside
// it, the change was carried out in part, and the plan as ask has left it is what is there.
func update[M any, P model[M]](
	ctx context.Context, c *connected, req resource.UpdateRequest, resp *resource.UpdateResponse,
	ask func(ctx context.Context, plan, state P, etag string) (now string, err error),
) {
	plan, state := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	etag := noted(ctx, req.Private, &resp.Diagnostics)
	ctx, cancel := within(ctx, plan.timesOut().Update, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !c.ready(&resp.Diagnostics) {
		return
	}
	now, err := ask(ctx, plan, state, etag)
	if err != nil {
		c.fail(&resp.Diagnostics, "change "+state.what(), err)
		if now == "" {
			return
		}
	}
	note(ctx, resp.Private, now, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// remove: what is gone already is what was wanted.
func remove[M any, P model[M]](
	ctx context.Context, c *connected, verb string, req resource.DeleteRequest, resp *resource.DeleteResponse,
	ask func(ctx context.Context, state P) error,
) {
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	ctx, cancel := within(ctx, state.timesOut().Delete, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !c.ready(&resp.Diagnostics) {
		return
	}
	if err := ask(ctx, state); err != nil && !client.IsNotFound(err) {
		c.fail(&resp.Diagnostics, verb+" "+state.what(), err)
	}
}
