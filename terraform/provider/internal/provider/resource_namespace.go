package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// namespaceResource is tidegate_namespace: rules for an app's channels by pattern.
type namespaceResource struct{ connectedResource }

var (
	_ resource.ResourceWithConfigure   = (*namespaceResource)(nil)
	_ resource.ResourceWithImportState = (*namespaceResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*namespaceResource)(nil)
)

func newNamespaceResource() resource.Resource { return &namespaceResource{} }

func (r *namespaceResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_namespace"
}

func (r *namespaceResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = namespaceSchema(ctx)
}

// ModifyPlan warns of what a plan's figures do not show: another durability ends the history of live channels.
func (r *namespaceResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var plan, state namespaceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || plan.Durability.IsUnknown() || plan.Durability.Equal(state.Durability) {
		return
	}
	resp.Diagnostics.AddAttributeWarning(path.Root("durability"), "Messages leave their history",
		fmt.Sprintf("Namespace %s goes from durability %s to %s: its live channels begin a new epoch 10 s after the change, and what was published before can be read no more.",
			state.Name.ValueString(), state.Durability.ValueString(), plan.Durability.ValueString()))
}

// Create replaces nothing that is there.
func (r *namespaceResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	create(ctx, &r.connected, "create", req, resp, func(ctx context.Context, plan *namespaceModel) (string, error) {
		appID, name := plan.AppID.ValueString(), plan.Name.ValueString()
		namespace, err := r.client.CreateNamespace(ctx, appID, name, plan.rules())
		if errors.Is(err, client.ErrNamespaceExists) {
			return "", &refusal{
				attribute: "name",
				summary:   "The namespace exists already",
				detail: fmt.Sprintf("App %s has a namespace %s already, and creating one would have replaced its rules. Nothing was changed. "+
					"To take it over, import it as %s/%s; or choose another name.", appID, name, appID, name),
			}
		}
		if err != nil {
			return "", err
		}
		plan.read(appID, namespace)
		return namespace.ETag, nil
	})
}

func (r *namespaceResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	read(ctx, &r.connected, req, resp, func(ctx context.Context, state *namespaceModel) (string, error) {
		appID := state.AppID.ValueString()
		namespace, err := r.client.GetNamespace(ctx, appID, state.Name.ValueString())
		if err != nil {
			return "", err
		}
		state.read(appID, namespace)
		return namespace.ETag, nil
	})
}

func (r *namespaceResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	update(ctx, &r.connected, req, resp, func(ctx context.Context, plan, state *namespaceModel, etag string) (string, error) {
		appID, name := state.AppID.ValueString(), state.Name.ValueString()
		if plan.rules() == state.rules() {
			return etag, nil
		}
		namespace, err := change[client.Namespace]{
			write: func(etag string) (*client.Namespace, error) {
				return r.client.ReplaceNamespace(ctx, appID, name, etag, plan.rules())
			},
			read:      func() (*client.Namespace, error) { return r.client.GetNamespace(ctx, appID, name) },
			done:      plan.describes,
			asPlanned: state.describes,
		}.at(etag, func(n *client.Namespace) string { return n.ETag })
		if err != nil {
			return "", err
		}
		plan.read(appID, namespace)
		return namespace.ETag, nil
	})
}

func (r *namespaceResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	remove(ctx, &r.connected, "delete", req, resp, func(ctx context.Context, state *namespaceModel) error {
		return r.client.DeleteNamespace(ctx, state.AppID.ValueString(), state.Name.ValueString())
	})
}

// ImportState takes `app_id/name`.
func (r *namespaceResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	app, name, ok := strings.Cut(req.ID, "/")
	if !ok || !appID.MatchString(app) || !namespaceName.MatchString(name) {
		resp.Diagnostics.AddError("Not the id of a namespace", "It is app_id/name, such as 482913/chat.")
		return
	}
	for attribute, value := range map[string]string{"id": req.ID, "app_id": app, "name": name} {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(attribute), types.StringValue(value))...)
	}
}
