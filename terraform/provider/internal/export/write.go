package export

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// The files of an exported tenant.
const (
	MainFile    = "main.tf"
	ImportsFile = "imports.tf"
	SecretsFile = "secrets.tf"
)

// writer collects three files: what there is, how it is taken over, and what of it cannot be read.
type writer struct {
	labels  *labels
	main    *hclwrite.File
	imports *hclwrite.File
	secrets []secret
}

// Files writes the tenant as HCL. endpoint goes into the provider's configuration; credentials never do.
func Files(t *Tenant, endpoint, source string) map[string][]byte {
	w := &writer{labels: newLabels(), main: hclwrite.NewEmptyFile(), imports: hclwrite.NewEmptyFile()}
	w.head(t, endpoint, source)
	tenant := w.tenant(t.Tenant)
	for _, app := range t.Apps {
		w.app(tenant, app)
	}
	for _, member := range t.Members {
		w.member(tenant, member)
	}
	for _, token := range t.ControlTokens {
		w.controlToken(tenant, token)
	}
	files := map[string][]byte{
		MainFile:    hclwrite.Format(w.main.Bytes()),
		ImportsFile: hclwrite.Format(w.imports.Bytes()),
	}
	if len(w.secrets) > 0 {
		files[SecretsFile] = hclwrite.Format(secretsFile(w.secrets))
	}
	return files
}

func (w *writer) head(t *Tenant, endpoint, source string) {
	body := w.main.Body()
	comment(body,
		"Tenant "+oneLine(t.Tenant.Name)+" as it was when tidegate-export read it. The plan of this is imports only: nothing to add, change or destroy.",
		"The provider's token is in TIDEGATE_TOKEN.")
	body.AppendNewline()
	required := body.AppendNewBlock("terraform", nil).Body().AppendNewBlock("required_providers", nil).Body()
	required.SetAttributeRaw("tidegate", object(field{"source", text(source)}))
	body.AppendNewline()
	body.AppendNewBlock("provider", []string{"tidegate"}).Body().SetAttributeValue("endpoint", text(endpoint))

	comment(w.imports.Body(), "Once these are applied, this file can go.")
}

// resource begins one and says how it is imported.
func (w *writer) resource(kind, id string, parts ...string) (address, *hclwrite.Body) {
	at := address{kind, w.labels.of(kind, parts...)}
	w.main.Body().AppendNewline()
	body := w.main.Body().AppendNewBlock("resource", []string{at.kind, at.label}).Body()

	w.imports.Body().AppendNewline()
	imported := w.imports.Body().AppendNewBlock("import", nil).Body()
	imported.SetAttributeTraversal("to", hcl.Traversal{hcl.TraverseRoot{Name: at.kind}, hcl.TraverseAttr{Name: at.label}})
	imported.SetAttributeValue("id", text(id))
	return at, body
}

func (w *writer) tenant(t client.Tenant) address {
	at, body := w.resource("tidegate_tenant", t.ID, t.Name)
	body.SetAttributeValue("name", text(t.Name))
	if limits := limitFields(t.Limits); len(limits) > 0 {
		body.SetAttributeRaw("limits", object(limits...))
	}
	return at
}

func (w *writer) app(tenant address, a App) {
	at, body := w.resource("tidegate_app", a.App.ID, a.App.Name)
	body.SetAttributeTraversal("tenant_id", tenant.attribute("id"))
	body.SetAttributeValue("name", text(a.App.Name))
	body.SetAttributeRaw("settings", object(
		field{"allowed_origins", sorted(a.App.Settings.AllowedOrigins)},
		field{"message_previews", cty.BoolVal(a.App.Settings.MessagePreviews)},
	))
	for _, key := range a.Keys {
		w.key(at, key)
	}
	for _, namespace := range a.Namespaces {
		w.namespace(at, a.App.ID, namespace)
	}
	for _, webhook := range a.Webhooks {
		w.webhook(at, webhook)
	}
}

func (w *writer) key(app address, k client.Key) {
	at, body := w.resource("tidegate_api_key", k.AppID+"/"+k.ID, app.label, k.Name)
	body.SetAttributeTraversal("app_id", app.attribute("id"))
	body.SetAttributeValue("name", text(k.Name))
	body.SetAttributeRaw("capabilities", dictionary(k.Capabilities))
	if k.ExpiresAt != nil {
		body.SetAttributeValue("expires_at", moment(*k.ExpiresAt))
	}
	w.secrets = append(w.secrets, secret{at, "key", "The key " + k.KeyName + " with its secret (appId.keyId:secret)"})
}

func (w *writer) namespace(app address, appID string, n client.Namespace) {
	_, body := w.resource("tidegate_namespace", appID+"/"+n.Name, app.label, n.Name)
	body.SetAttributeTraversal("app_id", app.attribute("id"))
	body.SetAttributeValue("name", text(n.Name))
	body.SetAttributeValue("pattern", text(n.Pattern))
	body.SetAttributeValue("durability", text(n.Durability))
	body.SetAttributeRaw("window", span(n.Window))
	body.SetAttributeValue("retention_days", number(n.RetentionDays))
	body.SetAttributeRaw("rewind", span(n.Rewind))
	body.SetAttributeValue("max_message_bytes", number(n.MaxMessageBytes))
	body.SetAttributeValue("public", cty.BoolVal(n.Public))
	body.SetAttributeValue("client_publish", cty.BoolVal(n.ClientPublish))
	body.SetAttributeRaw("presence", object(
		field{"mode", text(n.Presence.Mode)},
		field{"max_members", number(n.Presence.MaxMembers)},
		field{"grace_seconds", number(n.Presence.GraceSeconds)},
	))
	body.SetAttributeValue("conflate", text(n.Conflate))
	body.SetAttributeValue("require_client_id", cty.BoolVal(n.RequireClientID))
}

func span(s client.Span) hclwrite.Tokens {
	return object(field{"messages", number(s.Messages)}, field{"seconds", number(s.Seconds)})
}

func (w *writer) webhook(app address, h client.Webhook) {
	at, body := w.resource("tidegate_webhook", h.AppID+"/"+h.ID, app.label, h.Name)
	body.SetAttributeTraversal("app_id", app.attribute("id"))
	body.SetAttributeValue("name", text(h.Name))
	body.SetAttributeValue("url", text(h.URL))
	body.SetAttributeValue("events", sorted(h.Events))
	body.SetAttributeValue("pattern", text(h.Pattern))
	body.SetAttributeRaw("batch", object(field{"max_events", number(h.Batch.MaxEvents)}))
	body.SetAttributeValue("enabled", cty.BoolVal(h.Enabled))
	w.secrets = append(w.secrets, secret{at, "secret", "What the webhook " + oneLine(h.Name) + " of app " + h.AppID + " is signed with"})
}

func (w *writer) member(tenant address, m client.Member) {
	_, body := w.resource("tidegate_member", m.TenantID+"/"+m.ID, m.Email)
	body.SetAttributeTraversal("tenant_id", tenant.attribute("id"))
	body.SetAttributeValue("email", text(m.Email))
	body.SetAttributeValue("role", text(m.Role))
}

func (w *writer) controlToken(tenant address, t client.ControlToken) {
	at, body := w.resource("tidegate_control_token", t.TenantID+"/"+t.ID, t.Name)
	body.SetAttributeTraversal("tenant_id", tenant.attribute("id"))
	body.SetAttributeValue("name", text(t.Name))
	body.SetAttributeValue("role", text(t.Role))
	if t.ExpiresAt != nil {
		body.SetAttributeValue("expires_at", moment(*t.ExpiresAt))
	}
	w.secrets = append(w.secrets, secret{at, "token", "The control token " + oneLine(t.Name)})
}
