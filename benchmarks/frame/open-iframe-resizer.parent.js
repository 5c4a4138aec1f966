iframeResizer.initialize({}, "iframe");
