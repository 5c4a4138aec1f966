iframeResize({ license: "GPLv3" }, "iframe");
