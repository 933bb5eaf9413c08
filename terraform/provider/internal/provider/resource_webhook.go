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
	if plan.rotates(&state) {
		secret = types.StringUnknown()
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("secret"), secret)...)
}

func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "create", req, resp, func(ctx context.Context, plan *webhookModel) (string, error) {
		webhook, err := r.client.CreateWebhook(ctx, plan.AppID.ValueString(), plan.settings(), client.NewIdempotencyKey())
		if err != nil {
			return "", err
		}
		plan.read(webhook)
		return webhook.ETag, nil
	})
}

func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *webhookModel) (string, error) {
		webhook, err := r.client.GetWebhook(ctx, state.AppID.ValueString(), state.ID.ValueString())
		if err != nil {
			return "", err
		}
		state.read(webhook)
		return webhook.ETag, nil
	})
}

// Update changes first and rotates then. When only the rotation fails, the state has the change and the old
// `rotate_when`, so that the next plan rotates.
func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	update(ctx, &r.connected, req, resp, func(ctx context.Context, plan, state *webhookModel, etag string) (string, error) {
		rotates := plan.rotates(state)
		plan.Secret = state.Secret
		etag, err := r.change(ctx, plan, state, etag)
		if err != nil || !rotates {
			return etag, err
		}
		webhook, err := r.rotate(ctx, plan, etag)
		if err != nil {
			plan.RotateWhen = state.RotateWhen
			return etag, &step{"rotate the secret of " + plan.what(), err}
		}
		plan.read(webhook)
		return webhook.ETag, nil
	})
}

// change is the settings' part of an update: the version by then.
func (r *webhookResource) change(ctx context.Context, plan, state *webhookModel, etag string) (string, error) {
	app, id := state.AppID.ValueString(), state.ID.ValueString()
	if plan.settingsEqual(state) {
		return etag, nil
	}
	webhook, err := change[client.Webhook]{
		write: func(etag string) (*client.Webhook, error) {
			return r.client.UpdateWebhook(ctx, app, id, etag, plan.settings())
		},
		read:      func() (*client.Webhook, error) { return r.client.GetWebhook(ctx, app, id) },
		done:      plan.describes,
		asPlanned: state.describes,
	}.at(etag, func(w *client.Webhook) string { return w.ETag })
	if err != nil {
		return "", err
	}
	plan.read(webhook)
	return webhook.ETag, nil
}

// rotate, too, is meant for what the plan was made on: a webhook that somebody else has changed since may call somebody
// else. A try whose answer was lost is repeated with the same Idempotency-Key and gets that answer, secret and all.
func (r *webhookResource) rotate(ctx context.Context, plan *webhookModel, etag string) (*client.Webhook, error) {
	app, id := plan.AppID.ValueString(), plan.ID.ValueString()
	webhook, err := r.client.RotateWebhookSecret(ctx, app, id, etag, plan.overlapSeconds(), client.NewIdempotencyKey())
	if client.IsPreconditionFailed(err) {
		return nil, errChangedMeanwhile
	}
	return webhook, err
}

func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "delete", req, resp, func(ctx context.Context, state *webhookModel) error {
		return r.client.DeleteWebhook(ctx, state.AppID.ValueString(), state.ID.ValueString())
	})
}

// ImportState takes `app_id/id`.
func (r *webhookResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importTwo(ctx, "app_id", "id", req, resp)
}
