package acceptance

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
)

// TestThePlainCommandLineGoesEndToEnd uses the built provider from a filesystem mirror, as a user does: no test
// framework is between.
func TestThePlainCommandLineGoesEndToEnd(t *testing.T) {
	g := shared(t)
	f := tofu.New(t, g.URL, g.Token)
	body := tofu.Required + app(`name = "production"`) +
		block("tidegate_namespace", "chat", []string{"app_id = tidegate_app.production.id", `name = "chat"`, `pattern = "chat:*"`}) +
		block("tidegate_api_key", "backend", []string{"app_id = tidegate_app.production.id", `name = "backend"`, `capabilities = { "*" = ["publish", "history"] }`}) + `
data "tidegate_app" "read" {
  id = tidegate_app.production.id
}
data "tidegate_nodes" "all" {}
output "key" {
  value     = tidegate_api_key.backend.key
  sensitive = true
}
output "name" { value = data.tidegate_app.read.name }
output "nodes" { value = length(data.tidegate_nodes.all.nodes) }
`
	f.Write(t, "main.tf", body)

	f.Must(t, "init", "-no-color")
	lock, err := os.ReadFile(filepath.Join(f.Path, ".terraform.lock.hcl"))
	if err != nil || !strings.Contains(string(lock), `provider "tidegate.io/tidegate/tidegate"`) {
		t.Errorf("the lock file does not name the provider (%v):\n%s", err, lock)
	}
	f.Must(t, "validate", "-no-color")
	if said := f.Must(t, "plan", "-no-color", "-out=plan"); !strings.Contains(said, "4 to add, 0 to change, 0 to destroy") {
		t.Errorf("the first plan:\n%s", said)
	}
	f.Must(t, "apply", "-no-color", "plan")
	f.NoChanges(t)
	if name := f.Must(t, "output", "-raw", "name"); name != "production" {
		t.Errorf("the data source reads %q", name)
	}
	if nodes := strings.TrimSpace(f.Must(t, "output", "nodes")); nodes != "1" {
		t.Errorf("there is one node, and the data source says %s", nodes)
	}
	key := f.Must(t, "output", "-raw", "key")
	if answer := g.CallWithKey(t, key, http.MethodPost, "/v1/channels/chat:1/messages", map[string]any{"data": "hello"}); answer.Status != http.StatusCreated {
		t.Errorf("the key publishes nothing: %d %v", answer.Status, answer.Body)
	}

	f.Write(t, "main.tf", strings.Replace(body, `name = "production"`, `name = "prod"`, 1))
	if said := f.Must(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(said, "0 added, 1 changed, 0 destroyed") {
		t.Errorf("renaming the app:\n%s", said)
	}
	path := "/v1/apps/" + f.Attribute(t, "tidegate_app", "id")
	if now := g.Must(t, http.MethodGet, path, nil); now["name"] != "prod" {
		t.Errorf("the gateway calls the app %v", now["name"])
	}

	if said := f.Must(t, "destroy", "-no-color", "-auto-approve"); !strings.Contains(said, "4 destroyed") {
		t.Errorf("destroying:\n%s", said)
	}
	gone(t, g, path)
}
