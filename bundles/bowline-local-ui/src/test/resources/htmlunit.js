// What HtmlUnit lacks of a browser, as far as the Local UI needs it.

// Files in tests are smaller than one slice.
File.prototype.slice = function () {
  return this;
};

// Asks the stand-in for what it missed, four times a second.
window.EventSource = function (url) {
  var self = this;
  var listeners = {};
  var from = -1;
  self.readyState = 0;
  self.close = function () {
    self.readyState = 2;
  };
  self.addEventListener = function (name, listener) {
    (listeners[name] = listeners[name] || []).push(listener);
  };
  function take(answer) {
    if (self.readyState === 2) return;
    if (self.readyState === 0) {
      self.readyState = 1;
      self.onopen();
    }
    from = answer.next;
    answer.events.forEach(function (event) {
      if (event.name === 'end') {
        self.readyState = 2;
        self.onerror();
      } else {
        (listeners[event.name] || []).forEach(function (listener) {
          listener({ data: JSON.stringify(event.data) });
        });
      }
    });
  }
  function ask() {
    if (self.readyState === 2) return;
    var request = new XMLHttpRequest();
    request.open('GET', '/stage/events?from=' + from);
    request.onload = function () {
      take(JSON.parse(request.responseText));
      setTimeout(ask, 250);
    };
    request.send();
  }
  setTimeout(ask, 10);
};
EventSource.CLOSED = 2;
