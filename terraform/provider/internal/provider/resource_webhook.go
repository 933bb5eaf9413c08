package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// webhookResource is tidegate_webhook: a URL that is told of an app's events.
type webhookResource struct{ connectedResource }

var (
	_ resource.ResourceWithConfigure   = (*webhookResource)(nil)
	_ resource.ResourceWithImportState = (*webhookResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*webhookResource)(nil)
)

func newWebhookResource() resource.Resource { return &webhookResource{} }

func (r *webhookResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_webhook"
}

func (r *webhookResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = webhookSchema(ctx)
}

// ModifyPlan leaves the secret as it is unless it is to be rotated: whoever uses it then sees no change.
func (r *webhookResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var plan, state webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	secret := state.Secret
	if plan.rotates(state) {
		secret = types.StringUnknown()
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("secret"), secret)...)
}

func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := within(ctx, plan.Timeouts.Create, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !r.ready(&resp.Diagnostics) {
		return
	}
	webhook, err := r.client.CreateWebhook(ctx, plan.AppID.ValueString(), plan.settings(), client.NewIdempotencyKey())
	if err != nil {
		r.fail(&resp.Diagnostics, "create the webhook "+plan.Name.ValueString(), err)
		return
	}
	plan.read(webhook)
	note(ctx, resp.Private, webhook.ETag, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := within(ctx, state.Timeouts.Read, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !r.ready(&resp.Diagnostics) {
		return
	}
	webhook, err := r.client.GetWebhook(ctx, state.AppID.ValueString(), state.ID.ValueString())
	switch {
	case client.IsNotFound(err):
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		r.fail(&resp.Diagnostics, "read the webhook "+state.Name.ValueString(), err)
		return
	}
	state.read(webhook)
	note(ctx, resp.Private, webhook.ETag, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update changes first and rotates then. When only the rotation fails, the state has the change and the old
// `rotate_when`, so that the next plan rotates.
func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	etag := noted(ctx, req.Private, &resp.Diagnostics)
	ctx, cancel := within(ctx, plan.Timeouts.Update, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !r.ready(&resp.Diagnostics) {
		return
	}
	rotates := plan.rotates(state)
	plan.Secret = state.Secret
	if webhook, err := r.change(ctx, plan, state, etag); err != nil {
		r.fail(&resp.Diagnostics, "change the webhook "+state.Name.ValueString(), err)
		return
	} else if webhook != nil {
		plan.read(webhook)
		etag = webhook.ETag
		note(ctx, resp.Private, etag, &resp.Diagnostics)
	}
	if rotates {
		webhook, err := r.rotate(ctx, plan, etag)
		if err != nil {
			plan.RotateWhen = state.RotateWhen
			r.fail(&resp.Diagnostics, "rotate the secret of the webhook "+plan.Name.ValueString(), err)
		} else {
			plan.read(webhook)
			note(ctx, resp.Private, webhook.ETag, &resp.Diagnostics)
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// change is nil when there is nothing to tell the gateway.
func (r *webhookResource) change(ctx context.Context, plan, state webhookModel, etag string) (*client.Webhook, error) {
	app, id := state.AppID.ValueString(), state.ID.ValueString()
	if plan.settingsEqual(state) {
		return nil, nil
	}
	return change[client.Webhook]{
		write: func(etag string) (*client.Webhook, error) {
			return r.client.UpdateWebhook(ctx, app, id, etag, plan.settings())
		},
		read:      func() (*client.Webhook, error) { return r.client.GetWebhook(ctx, app, id) },
		done:      plan.describes,
		asPlanned: state.describes,
	}.at(etag, etagOfWebhook)
}

// rotate, too, is meant for what the plan was made on: a webhook that somebody else has changed since may call somebody
// else. A try whose answer was lost is repeated with the same Idempotency-Key and gets that answer, secret and all.
func (r *webhookResource) rotate(ctx context.Context, plan webhookModel, etag string) (*client.Webhook, error) {
	app, id := plan.AppID.ValueString(), plan.ID.ValueString()
	webhook, err := r.client.RotateWebhookSecret(ctx, app, id, etag, plan.overlapSeconds(), client.NewIdempotencyKey())
	if client.IsPreconditionFailed(err) {
		return nil, errChangedMeanwhile
	}
	return webhook, err
}

func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := within(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !r.ready(&resp.Diagnostics) {
		return
	}
	err := r.client.DeleteWebhook(ctx, state.AppID.ValueString(), state.ID.ValueString())
	if err != nil && !client.IsNotFound(err) {
		r.fail(&resp.Diagnostics, "delete the webhook "+state.Name.ValueString(), err)
	}
}

// ImportState takes `app_id/id`.
func (r *webhookResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importTwo(ctx, "app_id", "id", req, resp)
}

func etagOfWebhook(w *client.Webhook) string { return w.ETag }
