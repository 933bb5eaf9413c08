module tidegate.io/tidegate/terraform/gatewaytest

go 1.26.0
