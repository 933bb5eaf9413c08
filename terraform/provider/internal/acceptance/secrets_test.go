package acceptance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
	"tidegate.io/tidegate/terraform/gatewaytest"
)

// TestNoSecretIsShownOrLogged looks for every secret of a run in what it writes, its most talkative log included.
func TestNoSecretIsShownOrLogged(t *testing.T) {
	g := shared(t)
	f := tofu.New(t, g.URL, g.Token)
	log := filepath.Join(t.TempDir(), "trace.log")
	f.Set("TF_LOG_PROVIDER", "TRACE")
	f.Set("TF_LOG_PATH", log)
	f.Write(t, "main.tf", tofu.Required+app(`name = "production"`, `cascade = true`)+
		block("tidegate_api_key", "backend", []string{"app_id = tidegate_app.production.id", `name = "backend"`, `capabilities = { "*" = ["publish", "admin"] }`})+
		block("tidegate_webhook", "events", []string{"app_id = tidegate_app.production.id", `name = "events"`, `url = "https://hooks.acme.example/in"`, `events = ["limit.warning"]`})+
		block("tidegate_control_token", "ci", []string{"tenant_id = tidegate_tenant.acme.id", `name = "ci"`, `role = "admin"`})+
		block("tidegate_member", "grace", []string{"tenant_id = tidegate_tenant.acme.id", `email = "grace@acme.example"`, `role = "viewer"`})+`
ephemeral "tidegate_channel_token" "client" {
  key          = tidegate_api_key.backend.key
  capabilities = { "*" = ["publish"] }
}
`)
	f.Must(t, "init", "-no-color")
	said := f.Must(t, "plan", "-no-color", "-out=plan")
	said += f.Must(t, "apply", "-no-color", "plan")
	said += f.Must(t, "plan", "-no-color")
	said += f.Must(t, "show", "-no-color")
	secrets := map[string]string{"the operator token": gatewaytest.OperatorToken}
	for name, kind := range map[string]string{"key": "tidegate_api_key", "secret": "tidegate_webhook", "token": "tidegate_control_token", "invitation_url": "tidegate_member"} {
		secrets[kind+"."+name] = f.Attribute(t, kind, name)
	}
	secrets["tidegate_api_key.secret"] = f.Attribute(t, "tidegate_api_key", "secret")
	said += f.Must(t, "destroy", "-no-color", "-auto-approve")
	logged, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(logged), "Tidegate answered") {
		t.Fatal("the provider's log is empty, so that nothing was tried")
	}
	for name, secret := range secrets {
		if len(secret) < 16 {
			t.Errorf("%s is %d characters long: that is no secret", name, len(secret))
		}
		if strings.Contains(said, secret) {
			t.Errorf("%s was shown", name)
		}
		if strings.Contains(string(logged), secret) {
			t.Errorf("%s was logged", name)
		}
	}
}
