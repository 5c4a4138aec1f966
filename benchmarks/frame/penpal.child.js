// penpal calls functions across windows and measures nothing: the observer is ours.
const messenger = new Penpal.WindowMessenger({ remoteWindow: parent, allowedOrigins: ["*"] });
Penpal.connect({ messenger, methods: {} }).promise.then((shop) => {
  const content = document.querySelector("main");
  new ResizeObserver(() => shop.resize(Math.ceil(content.getBoundingClientRect().height)))
    .observe(content);
});
