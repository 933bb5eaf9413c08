package acceptance

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
	"tidegate.io/tidegate/terraform/gatewaytest"
)

func TestConcurrentAppliesDoNotDisturbEachOther(t *testing.T) {
	g := shared(t)
	const applies, apps = 4, 8
	acme := g.Must(t, http.MethodPost, "/v1/tenants", fields{"name": "Concurrent"})["id"].(string)
	var all sync.WaitGroup
	for n := range applies {
		f := tofu.New(t, g.URL, g.Token)
		f.Write(t, "main.tf", tofu.Required+fmt.Sprintf(`
resource "tidegate_app" "many" {
  count     = %d
  tenant_id = %q
  name      = "%d-${count.index}"
}
resource "tidegate_namespace" "many" {
  count   = %d
  app_id  = tidegate_app.many[count.index].id
  name    = "chat"
  pattern = "chat:*"
}
`, apps, acme, n, apps))
		f.Must(t, "init", "-no-color")
		all.Go(func() {
			if result := f.Run(t, "apply", "-no-color", "-auto-approve", "-parallelism=8"); result.Code != 0 {
				t.Errorf("apply %d of %d:\n%s", n, applies, result.Output)
				return
			}
			f.NoChanges(t)
		})
	}
	all.Wait()
	if names := namesOf(g.All(t, "/v1/tenants/"+acme+"/apps")); len(names) != applies*apps {
		t.Errorf("%d applies of %d apps each made these: %v", applies, apps, names)
	}
	g.Must(t, http.MethodDelete, "/v1/tenants/"+acme+"?cascade=true", nil)
}

func TestAChangeThatSomebodyElseMadeMeanwhileIsNotOverwritten(t *testing.T) {
	g := shared(t)
	f := tofu.New(t, g.URL, g.Token)
	f.Write(t, "main.tf", tofu.Required+tenant(`name = "Acme"`, `limits = { connections = 100 }`))
	f.Must(t, "init", "-no-color")
	f.Must(t, "apply", "-no-color", "-auto-approve")
	path := "/v1/tenants/" + f.Attribute(t, "tidegate_tenant", "id")
	f.Write(t, "main.tf", tofu.Required+tenant(`name = "Acme"`, `limits = { connections = 200 }`))
	f.Must(t, "plan", "-no-color", "-out=plan")
	g.Must(t, http.MethodPatch, path, fields{"limits": fields{"connections": 150}})

	late := f.Run(t, "apply", "-no-color", "plan")

	if late.Code == 0 || !strings.Contains(late.Output, "changed by somebody else") {
		t.Errorf("the apply of a plan that is out of date ended with %d:\n%s", late.Code, late.Output)
	}
	if err := contains(fields{"limits": fields{"connections": 150}}, g.Must(t, http.MethodGet, path, nil)); err != nil {
		t.Error(err)
	}
	f.Must(t, "apply", "-no-color", "-auto-approve")
	if err := contains(fields{"limits": fields{"connections": 200}}, g.Must(t, http.MethodGet, path, nil)); err != nil {
		t.Error(err)
	}
	f.Must(t, "destroy", "-no-color", "-auto-approve")
}

func TestANamespaceThatSomebodyElseMadeMeanwhileIsNotReplaced(t *testing.T) {
	g := shared(t)
	tenant := g.Must(t, http.MethodPost, "/v1/tenants", fields{"name": "Two at once"})["id"].(string)
	app := g.Must(t, http.MethodPost, "/v1/tenants/"+tenant+"/apps", fields{"name": "production"})["id"].(string)
	f := tofu.New(t, g.URL, g.Token)
	f.Write(t, "main.tf", tofu.Required+block("tidegate_namespace", "chat", []string{fmt.Sprintf("app_id = %q", app), `name = "chat"`, `pattern = "mine:*"`}))
	f.Must(t, "init", "-no-color")
	f.Must(t, "plan", "-no-color", "-out=plan")
	path := "/v1/apps/" + app + "/namespaces/chat"
	g.Must(t, http.MethodPut, path, fields{"pattern": "theirs:*"})

	late := f.Run(t, "apply", "-no-color", "plan")

	if late.Code == 0 || !strings.Contains(late.Output, "exists already") {
		t.Errorf("creating what is there ended with %d:\n%s", late.Code, late.Output)
	}
	if there := g.Must(t, http.MethodGet, path, nil); there["pattern"] != "theirs:*" {
		t.Errorf("its rules were replaced: %v", there)
	}
	g.Must(t, http.MethodDelete, "/v1/tenants/"+tenant+"?cascade=true", nil)
}

func TestWhatIsProtectedStaysUntilItIsNot(t *testing.T) {
	g := shared(t)
	f := tofu.New(t, g.URL, g.Token)
	f.Write(t, "main.tf", tofu.Required+app(`name = "production"`, `deletion_protection = true`))
	f.Must(t, "init", "-no-color")
	f.Must(t, "apply", "-no-color", "-auto-approve")
	path := "/v1/apps/" + f.Attribute(t, "tidegate_app", "id")

	refused := f.Run(t, "destroy", "-no-color", "-auto-approve")

	if refused.Code == 0 || !strings.Contains(refused.Output, "deletion_protection") {
		t.Errorf("destroying what is protected ended with %d:\n%s", refused.Code, refused.Output)
	}
	if answer := g.Call(t, http.MethodGet, path, nil); answer.Status != http.StatusOK {
		t.Errorf("the protected app is gone: %d", answer.Status)
	}
	f.Write(t, "main.tf", tofu.Required+app(`name = "production"`))
	f.Must(t, "apply", "-no-color", "-auto-approve")
	f.Must(t, "destroy", "-no-color", "-auto-approve")
	gone(t, g, path)
}

func gone(t *testing.T, g *gatewaytest.Gateway, path string) {
	t.Helper()
	if answer := g.Call(t, http.MethodGet, path, nil); answer.Status != http.StatusNotFound {
		t.Errorf("GET %s: %d, want 404", path, answer.Status)
	}
}

// namesOf are the different names, with how often each is there.
func namesOf(things []map[string]any) map[string]int {
	names := map[string]int{}
	for _, thing := range things {
		names[thing["name"].(string)]++
	}
	return names
}
