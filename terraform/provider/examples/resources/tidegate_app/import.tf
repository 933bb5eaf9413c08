import {
  to = tidegate_app.production
  id = "482913"
}
