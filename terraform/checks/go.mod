module tidegate.io/tidegate/terraform/checks

go 1.26.0

require sigs.k8s.io/yaml v1.6.0

require (
	go.yaml.in/yaml/v2 v2.4.2 // indirect
	tidegate.io/tidegate/terraform/gatewaytest v0.0.0
)

replace tidegate.io/tidegate/terraform/gatewaytest => ../gatewaytest
