package acceptance

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
)

// TestApplyingAnExportedTenantChangesNothing makes a tenant with one of everything, by hand, and some of what is hard
// to write down.
func TestApplyingAnExportedTenantChangesNothing(t *testing.T) {
	g := shared(t)
	f := tofu.New(t, g.URL, g.Token)
	acme := g.Must(t, http.MethodPost, "/v1/tenants", fields{"name": "Acme \"${x}\" %{if} Ltd.", "limits": fields{"connections": 10, "historyDays": 3}})["id"].(string)
	path := "/v1/tenants/" + acme
	g.Must(t, http.MethodPost, path+"/members", fields{"email": "ada@acme.example", "role": "owner"})
	g.Must(t, http.MethodPost, path+"/control-tokens", fields{"name": "ci", "role": "developer", "expiresAt": "2099-01-01T00:00:00Z"})
	for _, name := range []string{"production", "production", "résumé – 2"} {
		app := "/v1/apps/" + g.Must(t, http.MethodPost, path+"/apps", fields{"name": name, "settings": fields{"allowedOrigins": []string{"*"}}})["id"].(string)
		g.Must(t, http.MethodPost, app+"/keys", fields{"name": "backend", "capabilities": fields{"*": []string{"publish", "admin"}, "chat:*": []string{"subscribe"}}})
		revoked := g.Must(t, http.MethodPost, app+"/keys", fields{"name": "old", "capabilities": fields{"*": []string{"publish"}}})["id"].(string)
		g.Must(t, http.MethodDelete, app+"/keys/"+revoked, nil)
		g.Must(t, http.MethodPut, app+"/namespaces/chat", fields{"pattern": "chat:*", "durability": "durable", "presence": fields{"mode": "off"}})
		g.Must(t, http.MethodPut, app+"/namespaces/1-st_place", fields{"pattern": "*", "conflate": "latest"})
		g.Must(t, http.MethodPost, app+"/webhooks", fields{"name": "hook", "url": "https://hooks.acme.example/in?a=1&b=$%7Bx%7D", "events": []string{"limit.warning", "member.added"}, "batch": fields{"maxEvents": 10}})
	}
	before := everything(t, g, path)

	export := exec.Command(tofu.Build(t, "./cmd/tidegate-export"), "--tenant", acme, "--out", f.Path)
	export.Env = append(os.Environ(), "TIDEGATE_ENDPOINT="+g.URL, "TIDEGATE_TOKEN="+g.Token)
	if said, err := export.CombinedOutput(); err != nil {
		t.Fatalf("tidegate-export: %v\n%s", err, said)
	}

	files, err := filepath.Glob(filepath.Join(f.Path, "*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no configuration was written (%v)", err)
	}
	f.Must(t, "init", "-no-color")
	f.Must(t, "fmt", "-check", "-diff")
	said := f.Must(t, "plan", "-no-color", "-out=plan")
	// 1 tenant, 1 member, 1 control token, and 3 apps with a key that is good, 2 namespaces and a webhook each.
	if !regexp.MustCompile(`18 to import, 0 to add, 0 to change, 0 to destroy`).MatchString(said) {
		t.Errorf("the plan is not only imports:\n%s", said)
	}
	f.Must(t, "apply", "-no-color", "plan")
	f.NoChanges(t)
	if after := everything(t, g, path); after != before {
		t.Errorf("the gateway had\n%s\nand has after the apply\n%s", before, after)
	}
	g.Must(t, http.MethodDelete, path+"?cascade=true", nil)
}
