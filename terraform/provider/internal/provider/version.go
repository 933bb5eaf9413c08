package provider

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// etagKey is where a resource's private state keeps the version it was last read or written at: a change is
// meant for what the plan was made on, not for what is there by then.
const etagKey = "etag"

// private is the framework's private state, of which the type cannot be named.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// noted is the version the plan was made on; empty when none is known.
func noted(ctx context.Context, state private, diags *diag.Diagnostics) string {
	raw, d := state.GetKey(ctx, etagKey)
	diags.Append(d...)
	var etag string
	if len(raw) > 0 && json.Unmarshal(raw, &etag) != nil {
		return "" // written by another version of the provider: as good as none
	}
	return etag
}

// note keeps it, unless there is none to keep.
func note(ctx context.Context, state private, etag string, diags *diag.Diagnostics) {
	if etag == "" {
		return
	}
	raw, err := json.Marshal(etag)
	if err != nil {
		diags.AddError("Cannot keep the ETag", err.Error())
		return
	}
	diags.Append(state.SetKey(ctx, etagKey, raw)...)
}

// errChangedMeanwhile: what the plan was made on is no longer so.
var errChangedMeanwhile = errors.New(
	"it was changed by somebody else after this plan was made. Nothing was overwritten. Plan again to see what is there now, then apply")

// change is one update of something that has an ETag.
type change[T any] struct {
	// write carries it out for that version.
	write func(etag string) (*T, error)
	read  func() (*T, error)
	// done: what is there is what was to be written, so an earlier try, whose answer was lost, did it.
	done func(*T) bool
	// asPlanned: what is there is what the plan was made on, so that the version moved for other reasons.
	asPlanned func(*T) bool
}

// at writes for the version the plan was made on. When that is gone, it reads once and decides: done already,
// still as planned (then once more, for the new version), or changed by somebody else, which is an error.
func (c change[T]) at(etag string, etagOf func(*T) string) (*T, error) {
	written, err := c.write(etag)
	if err == nil || !client.IsPreconditionFailed(err) {
		return written, err
	}
	now, err := c.read()
	switch {
	case err != nil:
		return nil, err
	case c.done(now):
		return now, nil
	case !c.asPlanned(now):
		return nil, errChangedMeanwhile
	}
	written, err = c.write(etagOf(now))
	if client.IsPreconditionFailed(err) {
		return nil, errChangedMeanwhile
	}
	return written, err
}
