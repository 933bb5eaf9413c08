package provider

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// contract is openapi/openapi.yaml's schemas: what the gateway itself is tested against.
func contract(t *testing.T) map[string]rule {
	t.Helper()
	text, err := os.ReadFile("../../../../openapi/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var whole struct {
		Components struct {
			Schemas map[string]rule `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	return whole.Components.Schemas
}

// rule is as much of a JSON Schema as is looked at here.
type rule struct {
	Ref        string          `yaml:"$ref"`
	Type       any             `yaml:"type"`
	Enum       []any           `yaml:"enum"`
	Default    any             `yaml:"default"`
	Minimum    *int            `yaml:"minimum"`
	Maximum    *int            `yaml:"maximum"`
	Properties map[string]rule `yaml:"properties"`
	AllOf      []rule          `yaml:"allOf"`
}

// resolved follows a $ref and keeps the default beside it.
func (r rule) resolved(all map[string]rule) rule {
	ref := r.Ref
	if len(r.AllOf) == 1 {
		ref = r.AllOf[0].Ref
	}
	if ref == "" {
		return r
	}
	named := all[strings.TrimPrefix(ref, "#/components/schemas/")]
	if r.Default != nil {
		named.Default = r.Default
	}
	return named
}

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' && i > 0 {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

func TestNamespacesAndWebhooksHaveTheContractsDefaultsAndBounds(t *testing.T) {
	all := contract(t)
	c := to(t, newFakeGateway(t))
	for _, kind := range []struct {
		kind, schema string
		least        object
	}{
		{"namespace", "NamespaceRules", object{"app_id": "1", "name": "a", "pattern": "*"}},
		{"webhook", "WebhookCreate", object{"app_id": "1", "name": "a", "url": "https://a.example", "events": []any{"message.published"}}},
	} {
		planned := fromValue(c.plan(kind.kind, instance{}, kind.least).state)
		checked := 0
		var walk func(rules map[string]rule, path []string, planned object)
		walk = func(rules map[string]rule, path []string, planned object) {
			for name, r := range rules {
				r = r.resolved(all)
				path := append(slices.Clone(path), snake(name))
				is, known := planned[snake(name)]
				if !known {
					t.Errorf("%s has no %s", kind.kind, strings.Join(path, "."))
					continue
				}
				if r.Properties != nil {
					nested, _ := is.(object)
					walk(r.Properties, path, nested)
					continue
				}
				if r.Default != nil && !same(is, plainNumber(r.Default)) {
					t.Errorf("%s.%s is %v by default, in the contract %v", kind.kind, strings.Join(path, "."), is, r.Default)
				}
				takes := func(value any) bool { return c.validate(kind.kind, nest(kind.least, path, value)) == "" }
				for _, value := range r.Enum {
					if is, list := r.Type.(string); list && is == "string" && !takes(value) {
						t.Errorf("%s.%s does not take %v", kind.kind, strings.Join(path, "."), value)
					}
				}
				if r.Minimum != nil && (!takes(*r.Minimum) || takes(*r.Minimum-1)) {
					t.Errorf("%s.%s does not begin at %d", kind.kind, strings.Join(path, "."), *r.Minimum)
				}
				if r.Maximum != nil && (!takes(*r.Maximum) || takes(*r.Maximum+1)) {
					t.Errorf("%s.%s does not end at %d", kind.kind, strings.Join(path, "."), *r.Maximum)
				}
				checked++
			}
		}
		walk(all[kind.schema].Properties, nil, planned)
		if checked < 5 {
			t.Errorf("%s: only %d attributes of the contract were seen", kind.kind, checked)
		}
	}
	rotation := all["WebhookSecretRotation"].Properties["overlapSeconds"]
	if rotation.Default != defaultOverlapSeconds || *rotation.Maximum != maxOverlapSeconds {
		t.Error("another overlap than the contract's", rotation)
	}
	if ttl := all["TokenCreate"].Properties["ttlSeconds"]; ttl.Default != defaultTTLSeconds || *ttl.Maximum != maxTTLSeconds {
		t.Error("another life of a token than the contract's", ttl)
	}
	var events []string
	for _, event := range all["WebhookEventType"].Enum {
		events = append(events, event.(string))
	}
	if !slices.Equal(events, webhookEvents) {
		t.Errorf("the contract's events are %v", events)
	}
}

func TestTheClientKnowsEveryFieldOfTheContractAndNoOther(t *testing.T) {
	all := contract(t)
	for schema, known := range map[string]any{
		"TenantLimits": client.TenantLimits{}, "Tenant": client.Tenant{}, "App": client.App{}, "AppSettings": client.AppSettings{},
		"Key": client.Key{}, "KeyCreated": client.Key{}, "ControlToken": client.ControlToken{}, "TenantMember": client.Member{},
		"NamespaceRules": client.NamespaceRules{}, "Namespace": client.Namespace{}, "WebhookCreate": client.WebhookSettings{},
		"Webhook": client.Webhook{}, "WebhookWithSecret": client.Webhook{}, "Usage": client.Usage{}, "Latency": client.Latency{},
		"Node": client.Node{}, "NodeFigures": client.NodeFigures{}, "TokenCreate": client.TokenRequest{}, "TokenLimits": client.TokenLimits{}, "Token": client.Token{},
	} {
		wire := fieldsOf(reflect.TypeOf(known))
		for name := range all[schema].Properties {
			if !wire[name] && !slices.Contains([]string{"lastUsedAt", "keyId"}, name) {
				t.Errorf("%s: the client does not know %s", schema, name)
			}
			delete(wire, name)
		}
		for name := range wire {
			if !slices.Contains([]string{"key", "token", "secret", "invitationUrl"}, name) {
				t.Errorf("%s: the contract does not know %s", schema, name)
			}
		}
	}
}

// fieldsOf are the names on the wire.
func fieldsOf(of reflect.Type) map[string]bool {
	names := map[string]bool{}
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			maps.Copy(names, fieldsOf(f.Type))
		case name != "-" && name != "":
			names[name] = true
		}
	}
	return names
}

func nest(least object, path []string, value any) object {
	for i := len(path) - 1; i > 0; i-- {
		value = object{path[i]: value}
	}
	if path[0] == "events" {
		value = []any{value}
	}
	return with(least, path[0], value)
}

// plainNumber is a number as fromValue has it.
func plainNumber(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		return v
	}
	var plain any
	if json.Unmarshal(text, &plain) != nil {
		return v
	}
	return plain
}
