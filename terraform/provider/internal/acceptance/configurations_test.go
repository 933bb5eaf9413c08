package acceptance

import "strings"

// tenant is a tidegate_tenant.acme with these attributes.
func tenant(attributes ...string) string { return block("tidegate_tenant", "acme", attributes) }

// app is a tidegate_app.production with these attributes, in a tenant.
func app(attributes ...string) string {
	return tenant(`name = "Acme"`) + block("tidegate_app", "production", append([]string{"tenant_id = tidegate_tenant.acme.id"}, attributes...))
}

// in is a resource with these attributes, in an app.
func in(kind, name string, attributes ...string) string {
	return app(`name = "production"`) + block(kind, name, append([]string{"app_id = tidegate_app.production.id"}, attributes...))
}

func block(kind, name string, attributes []string) string {
	return "resource \"" + kind + "\" \"" + name + "\" {\n  " + strings.Join(attributes, "\n  ") + "\n}\n"
}
