package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// connected is what every resource, data source and ephemeral resource has: the provider's client.
type connected struct{ client *client.Client }

// ready says so in a diagnostic when the provider's configuration is not known yet, so that nothing can be asked.
func (c *connected) ready(diags *diag.Diagnostics) bool {
	if c.client == nil {
		diags.AddError("The gateway cannot be asked yet",
			"The provider's endpoint or token comes from something that is not known before it is applied. "+
				"Apply that first (-target), or give the provider values that are known.")
	}
	return c.client != nil
}

func (c *connected) take(data any, diags *diag.Diagnostics) {
	switch data := data.(type) {
	case nil: // validation, or a configuration that is not known yet
	case *client.Client:
		c.client = data
	default:
		diags.AddError("Provider misassembled", fmt.Sprintf("A client was expected, not %T. This is a fault of the provider.", data))
	}
}

type connectedResource struct{ connected }

func (c *connectedResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	c.take(req.ProviderData, &resp.Diagnostics)
}

type connectedDataSource struct{ connected }

func (c *connectedDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	c.take(req.ProviderData, &resp.Diagnostics)
}

type connectedEphemeral struct{ connected }

func (c *connectedEphemeral) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	c.take(req.ProviderData, &resp.Diagnostics)
}
