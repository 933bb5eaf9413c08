package acceptance

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/acceptance/tofu"
	"tidegate.io/tidegate/terraform/gatewaytest"
)

// manyApps is one tenant with so many apps.
func manyApps(count int) string {
	return tofu.Required + tenant(`name = "Many"`) + fmt.Sprintf(
		"resource \"tidegate_app\" \"many\" {\n  count = %d\n  tenant_id = tidegate_tenant.acme.id\n  name = \"app-${count.index}\"\n}\n", count)
}

// onceEach: of the apps 0 to count-1 the gateway has each once.
func onceEach(t *testing.T, g *gatewaytest.Gateway, tenant string, count int) {
	t.Helper()
	names := namesOf(g.All(t, "/v1/tenants/"+tenant+"/apps"))
	for n := range count {
		if name := fmt.Sprintf("app-%d", n); names[name] != 1 {
			t.Errorf("the gateway has %s %d times", name, names[name])
		}
	}
	if len(names) != count {
		t.Errorf("the gateway has %d names, want %d: %v", len(names), count, names)
	}
}

func TestAnApplyOutlivesAGatewayThatIsKilledAndComesBack(t *testing.T) {
	accepted(t)
	g := gatewaytest.New(t, nil)
	const count = 120
	f := tofu.New(t, g.URL, g.Token)
	f.Write(t, "main.tf", manyApps(count))
	f.Must(t, "init", "-no-color")
	ended := make(chan tofu.Result, 1)
	go func() { ended <- f.Run(t, "apply", "-no-color", "-auto-approve", "-parallelism=4") }()
	id := await(t, "some apps to be there", func() (string, bool) {
		for _, tenant := range g.All(t, "/v1/tenants") {
			id := tenant["id"].(string)
			return id, len(g.All(t, "/v1/tenants/"+id+"/apps")) >= 5
		}
		return "", false
	})

	g.Kill(t)
	select {
	case early := <-ended:
		t.Fatalf("the apply ended (%d) before the gateway did, so that nothing was tried:\n%s", early.Code, early.Output)
	case <-time.After(2 * time.Second): // requests are refused meanwhile
	}
	g.Resume(t)

	if result := <-ended; result.Code != 0 {
		t.Fatalf("the apply ended with %d:\n%s", result.Code, result.Output)
	}
	onceEach(t, g, id, count)
	f.NoChanges(t)
	f.Must(t, "destroy", "-no-color", "-auto-approve")
	gone(t, g, "/v1/tenants/"+id)
}

func TestAnAnswerThatIsLostCreatesNothingTwice(t *testing.T) {
	g := shared(t)
	proxy := gatewaytest.NewProxy(t, g)
	const count = 6
	created := 0
	proxy.Lose(func(response *http.Response) bool { // called under the proxy's lock
		if response.Request.Method == http.MethodPost && response.StatusCode == http.StatusCreated {
			created++
		}
		return response.Request.Method == http.MethodPost && created%2 == 1
	})
	f := tofu.New(t, proxy.URL, g.Token)
	f.Write(t, "main.tf", manyApps(count))
	f.Must(t, "init", "-no-color")

	f.Must(t, "apply", "-no-color", "-auto-approve", "-parallelism=1")

	if proxy.Lost() == 0 {
		t.Fatal("no answer was lost, so that nothing was tried")
	}
	id := f.Attribute(t, "tidegate_tenant", "id")
	onceEach(t, g, id, count)
	f.NoChanges(t)
	f.Must(t, "destroy", "-no-color", "-auto-approve")
	gone(t, g, "/v1/tenants/"+id)
}

func TestARateLimitMakesAnApplySlowerAndNothingElse(t *testing.T) {
	accepted(t)
	g := gatewaytest.New(t, map[string]string{"TIDEGATE_REQUESTS_PER_SECOND_PER_IP": "5"})
	proxy := gatewaytest.NewProxy(t, g)
	const count = 30
	f := tofu.New(t, proxy.URL, g.Token)
	f.Write(t, "main.tf", manyApps(count))
	f.Must(t, "init", "-no-color")

	f.Must(t, "apply", "-no-color", "-auto-approve", "-parallelism=10")

	if proxy.Answers(http.StatusTooManyRequests) == 0 {
		t.Fatalf("none of %d requests was refused, so that nothing was tried", proxy.Requests())
	}
	id := f.Attribute(t, "tidegate_tenant", "id")
	time.Sleep(time.Second) // this test's own requests are limited, too
	onceEach(t, g, id, count)
	f.Must(t, "destroy", "-no-color", "-auto-approve", "-parallelism=10")
}

// TestARevokedOperatorTokenIsSaidAndForgetsNothing: with a token that is good no longer a plan fails, with the code, soon,
// and what the state knows it still knows.
func TestARevokedOperatorTokenIsSaidAndForgetsNothing(t *testing.T) {
	accepted(t)
	g := gatewaytest.New(t, nil)
	f := tofu.New(t, g.URL, g.Token)
	f.Write(t, "main.tf", manyApps(3))
	f.Must(t, "init", "-no-color")
	f.Must(t, "apply", "-no-color", "-auto-approve")
	known := f.Must(t, "state", "list")
	g.ReplaceOperatorToken(t, "tgo_terraform-another-Wk71vXz5mRw8Tn3LcY6pBs2GhJ9dFaUe")

	for _, command := range [][]string{{"plan", "-no-color"}, {"apply", "-no-color", "-auto-approve"}, {"destroy", "-no-color", "-auto-approve"}} {
		began := time.Now()
		result := f.Run(t, command...)
		if result.Code == 0 || !strings.Contains(result.Output, "40101") {
			t.Errorf("tofu %s with a revoked token ended with %d:\n%s", command[0], result.Code, result.Output)
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("tofu %s took %s to say that the token is not good", command[0], took)
		}
	}
	if still := f.Must(t, "state", "list"); still != known {
		t.Errorf("the state knew\n%s\nand now knows\n%s", known, still)
	}
	f.Set("TIDEGATE_TOKEN", g.Token)
	f.NoChanges(t)
	f.Must(t, "destroy", "-no-color", "-auto-approve")
}

// await asks until it is so.
func await(t *testing.T, what string, ask func() (string, bool)) string {
	t.Helper()
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if value, done := ask(); done {
			return value
		}
	}
	t.Fatalf("waited a minute for %s", what)
	return ""
}
