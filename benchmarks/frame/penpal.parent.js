for (const iframe of document.querySelectorAll("iframe")) {
  Penpal.connect({
    messenger: new Penpal.WindowMessenger({
      remoteWindow: iframe.contentWindow,
      allowedOrigins: [new URL(iframe.src).origin],
    }),
    methods: {
      resize(height) {
        iframe.style.height = `${height}px`;
      },
    },
  });
}
