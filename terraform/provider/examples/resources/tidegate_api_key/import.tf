import {
  to = tidegate_api_key.backend
  id = "482913/k1"
}
