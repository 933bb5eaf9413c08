// Package export writes an existing tenant as a configuration with import blocks, such that applying it changes
// nothing on the gateway.
package export

import (
	"context"
	"fmt"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// Tenant is all of a tenant that the provider can manage.
type Tenant struct {
	Tenant        client.Tenant
	Apps          []App
	Members       []client.Member
	ControlTokens []client.ControlToken
}

// App is an app with what it holds; keys that are revoked are left out, for they cannot be managed any more.
type App struct {
	App        client.App
	Keys       []client.Key
	Namespaces []client.Namespace
	Webhooks   []client.Webhook
}

// Read reads a tenant whole. It only reads.
func Read(ctx context.Context, c *client.Client, tenantID string) (*Tenant, error) {
	tenant, err := c.GetTenant(ctx, tenantID)
	if err != nil {
		return nil, fmt.Errorf("tenant %s: %w", tenantID, err)
	}
	all := &Tenant{Tenant: *tenant}
	apps, err := client.Collect(c.Apps(ctx, tenantID))
	if err != nil {
		return nil, fmt.Errorf("apps: %w", err)
	}
	for _, app := range apps {
		read, err := readApp(ctx, c, app)
		if err != nil {
			return nil, fmt.Errorf("app %s: %w", app.ID, err)
		}
		all.Apps = append(all.Apps, *read)
	}
	if all.Members, err = client.Collect(c.Members(ctx, tenantID)); err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	if all.ControlTokens, err = client.Collect(c.ControlTokens(ctx, tenantID)); err != nil {
		return nil, fmt.Errorf("control tokens: %w", err)
	}
	return all, nil
}

func readApp(ctx context.Context, c *client.Client, app client.App) (*App, error) {
	all := &App{App: app}
	for key, err := range c.Keys(ctx, app.ID) {
		if err != nil {
			return nil, fmt.Errorf("keys: %w", err)
		}
		if key.RevokedAt == nil {
			all.Keys = append(all.Keys, key)
		}
	}
	var err error
	if all.Namespaces, err = client.Collect(c.Namespaces(ctx, app.ID)); err != nil {
		return nil, fmt.Errorf("namespaces: %w", err)
	}
	if all.Webhooks, err = client.Collect(c.Webhooks(ctx, app.ID)); err != nil {
		return nil, fmt.Errorf("webhooks: %w", err)
	}
	return all, nil
}

// Summary says what was exported, and what was not though it is there.
func Summary(t *Tenant) string {
	var keys, namespaces, webhooks int
	for _, app := range t.Apps {
		keys += len(app.Keys)
		namespaces += len(app.Namespaces)
		webhooks += len(app.Webhooks)
	}
	return fmt.Sprintf("Tenant %s: %d apps, %d keys, %d namespaces, %d webhooks, %d members, %d control tokens.\n"+
		"Left out: revoked keys, and hooks, which the provider does not manage. URLs of webhooks are written in full.",
		t.Tenant.ID, len(t.Apps), keys, namespaces, webhooks, len(t.Members), len(t.ControlTokens))
}
