"""The page's headers as configuration of the servers that people host it with."""

from collections.abc import Mapping

NOTE = "Written by payframe build. docs/hosting.md says how to use it."


def host_files(headers: Mapping[str, str]) -> dict[str, str]:
    """File in dist -> content."""
    return {
        "headers/nginx.conf": nginx(headers),
        "headers/Caddyfile": caddy(headers),
        "_headers": static_host(headers),
    }


def nginx(headers: Mapping[str, str]) -> str:
    """For `include` inside the location of the folder."""
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    return (
        f"# {NOTE}\n"
        "# include .../dist/headers/nginx.conf; inside the location of this folder. Repeat no\n"
        "# add_header there: nginx takes those of the innermost block only.\n"
        f"{lines}"
        "charset utf-8;\n"
        "etag on;\n"
        "gzip_static on;      # index.html.gz; the module is in Debian's nginx\n"
        "# brotli_static on;  # index.html.br; where the module ngx_brotli is loaded\n"
    )


def caddy(headers: Mapping[str, str]) -> str:
    """For `import` inside the site or `handle` block of the folder."""
    lines = "".join(f'\t{name} "{value}"\n' for name, value in headers.items())
    return (
        f"# {NOTE}\n"
        "# import .../dist/headers/Caddyfile inside the site or handle block of this folder.\n"
        f"header {{\n{lines}}}\n"
        "file_server {\n\tprecompressed br gzip\n\thide headers _headers manifest.json\n}\n"
    )


def static_host(headers: Mapping[str, str]) -> str:
    """`_headers` of Netlify and Cloudflare Pages, which compress by themselves."""
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    return f"# {NOTE}\n/*\n{lines}"
