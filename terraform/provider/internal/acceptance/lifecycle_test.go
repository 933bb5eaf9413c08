package acceptance

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"sort"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"tidegate.io/tidegate/terraform/gatewaytest"
)

type (
	// attributes are a resource's in the state, flat.
	attributes map[string]string
	// fields are what the gateway says of a thing; nil when it is gone.
	fields map[string]any
)

// lifecycle is one resource and what its thing is on the gateway, asked over REST.
type lifecycle struct {
	// address in both configurations.
	address string
	// config creates it; changed changes it.
	config, changed string
	// changeIs what the plan for changed has to be: an update in place, but for what the gateway cannot change.
	changeIs plancheck.ResourceActionType
	// is and becomes are what the gateway has to say after config and changed: at least these fields.
	is, becomes fields
	// find asks the gateway.
	find func(t *testing.T, g *gatewaytest.Gateway, a attributes) fields
	// drift changes it behind the provider's back. nil for what the gateway cannot change.
	drift func(t *testing.T, g *gatewaytest.Gateway, a attributes)
	// remove deletes it behind the provider's back.
	remove func(t *testing.T, g *gatewaytest.Gateway, a attributes)
	// importID is what an import takes.
	importID func(a attributes) string
	// unreadable are attributes that no import can know, as the gateway tells them once, or never knew them.
	unreadable []string
}

// run takes it through its life: created, changed, drifted and repaired, imported, deleted by others and made again,
// destroyed. After each step the gateway is asked what there is, and the framework sees to it that a second plan is
// empty.
func (l lifecycle) run(t *testing.T) {
	g := shared(t)
	var now attributes
	says := func(want fields) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			now = attributes(maps.Clone(s.RootModule().Resources[l.address].Primary.Attributes))
			return contains(want, l.find(t, g, now))
		}
	}
	steps := []resource.TestStep{
		{
			Config:           config(g, l.config),
			ConfigPlanChecks: planned(l.address, plancheck.ResourceActionCreate),
			Check:            says(l.is),
		},
		{
			Config:           config(g, l.changed),
			ConfigPlanChecks: planned(l.address, l.changeIs),
			Check:            says(l.becomes),
		},
		{
			Config:          config(g, l.changed),
			ResourceName:    l.address,
			ImportState:     true,
			ImportStateKind: resource.ImportBlockWithID,
			ImportStateIdFunc: func(*terraform.State) (string, error) {
				return l.importID(now), nil
			},
		},
		{
			ResourceName:            l.address,
			ImportState:             true,
			ImportStateVerify:       true,
			ImportStateVerifyIgnore: l.unreadable,
			ImportStateIdFunc: func(*terraform.State) (string, error) {
				return l.importID(now), nil
			},
		},
	}
	if l.drift != nil {
		steps = append(steps, resource.TestStep{
			PreConfig:        func() { l.drift(t, g, now) },
			Config:           config(g, l.changed),
			ConfigPlanChecks: planned(l.address, plancheck.ResourceActionUpdate),
			Check:            says(l.becomes),
		})
	}
	steps = append(steps, resource.TestStep{
		PreConfig:        func() { l.remove(t, g, now) },
		Config:           config(g, l.changed),
		ConfigPlanChecks: planned(l.address, plancheck.ResourceActionCreate),
		Check:            says(l.becomes),
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps:                    steps,
		CheckDestroy: func(*terraform.State) error {
			if left := l.find(t, g, now); left != nil {
				return fmt.Errorf("%s is destroyed, but the gateway still has %v", l.address, left)
			}
			return nil
		},
	})
}

func planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// at finds a thing that has a path of its own.
func at(path func(a attributes) string) func(*testing.T, *gatewaytest.Gateway, attributes) fields {
	return func(t *testing.T, g *gatewaytest.Gateway, a attributes) fields {
		t.Helper()
		answer := g.Call(t, "GET", path(a), nil)
		switch answer.Status {
		case 200:
			return answer.Body
		case 404:
			return nil
		}
		t.Fatalf("GET %s: %d %v", path(a), answer.Status, answer.Body)
		return nil
	}
}

// among finds a thing in a list, by its id.
func among(list func(a attributes) string) func(*testing.T, *gatewaytest.Gateway, attributes) fields {
	return func(t *testing.T, g *gatewaytest.Gateway, a attributes) fields {
		t.Helper()
		if g.Call(t, "GET", list(a), nil).Status == 404 {
			return nil // what held it is gone
		}
		for _, item := range g.All(t, list(a)) {
			if item["id"] == a["id"] {
				return item
			}
		}
		return nil
	}
}

// sends makes one call on what is found by its attributes.
func sends(method string, path func(a attributes) string, body any) func(*testing.T, *gatewaytest.Gateway, attributes) {
	return func(t *testing.T, g *gatewaytest.Gateway, a attributes) {
		t.Helper()
		g.Must(t, method, path(a), body)
	}
}

// contains: all that is wanted is there, however deep; lists are taken as sets.
func contains(want, got fields) error {
	if got == nil {
		return fmt.Errorf("the gateway has no such thing, want %v", want)
	}
	for name, value := range want {
		if err := same(name, plain(value), got[name]); err != nil {
			return err
		}
	}
	return nil
}

func same(name string, want, got any) error {
	switch want := want.(type) {
	case map[string]any:
		inner, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %v on the gateway, want %v", name, got, want)
		}
		for key, value := range want {
			if err := same(name+"."+key, value, inner[key]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		inner, ok := got.([]any)
		if !ok || !reflect.DeepEqual(sorted(want), sorted(inner)) {
			return fmt.Errorf("%s is %v on the gateway, want %v", name, got, want)
		}
		return nil
	}
	if !reflect.DeepEqual(want, got) && !sameInstant(want, got) {
		return fmt.Errorf("%s is %v on the gateway, want %v", name, got, want)
	}
	return nil
}

// sameInstant: both are times (RFC 3339), of one moment.
func sameInstant(want, got any) bool {
	one, _ := want.(string)
	other, _ := got.(string)
	first, err := time.Parse(time.RFC3339, one)
	if err != nil {
		return false
	}
	second, err := time.Parse(time.RFC3339, other)
	return err == nil && first.Equal(second)
}

// plain is a value as JSON would bring it.
func plain(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // a test's own literal
	}
	var back any
	if err := json.Unmarshal(text, &back); err != nil {
		panic(err)
	}
	return back
}

func sorted(list []any) []any {
	list = append([]any(nil), list...)
	sort.Slice(list, func(i, j int) bool { return fmt.Sprint(list[i]) < fmt.Sprint(list[j]) })
	return list
}

// everything is all that a tenant has, as text, but for when it was last used.
func everything(t *testing.T, g *gatewaytest.Gateway, tenant string) string {
	t.Helper()
	all := []any{g.Must(t, "GET", tenant, nil), g.All(t, tenant+"/members"), g.All(t, tenant+"/control-tokens")}
	for _, app := range g.All(t, tenant+"/apps") {
		path := "/v1/apps/" + app["id"].(string)
		all = append(all, app, g.All(t, path+"/keys"), g.All(t, path+"/namespaces"), g.All(t, path+"/webhooks"))
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
