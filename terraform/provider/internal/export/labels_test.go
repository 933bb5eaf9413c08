package export

import "testing"

func TestEveryNameMakesALabelOfItsOwn(t *testing.T) {
	l := newLabels()
	for _, step := range []struct {
		kind  string
		parts []string
		want  string
	}{
		{"tidegate_app", []string{"Production"}, "production"},
		{"tidegate_app", []string{"production!"}, "production_2"},
		{"tidegate_app", []string{"production 2"}, "production_2_2"},
		{"tidegate_api_key", []string{"production", "Back-End  (eu)"}, "production_back_end_eu"},
		{"tidegate_tenant", []string{"Production"}, "production"},
		{"tidegate_app", []string{"3rd"}, "app_3rd"},
		{"tidegate_app", []string{"部屋"}, "app"},
		{"tidegate_app", []string{"港"}, "app_2"},
		{"tidegate_member", []string{"ada@acme.example"}, "ada_acme_example"},
	} {
		if got := l.of(step.kind, step.parts...); got != step.want {
			t.Errorf("%s %q is called %s, not %s", step.kind, step.parts, got, step.want)
		}
	}
}
