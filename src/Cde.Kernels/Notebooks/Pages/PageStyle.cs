namespace Cde.Kernels.Notebooks;

/// <summary>The style sheet of a notebook's page: light or dark as the reader's system is, and fit for paper.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css =
        """
        :root{color-scheme:light dark;--text:#1f2328;--muted:#656d76;--page:#fff;--code:#f6f8fa;--line:#d8dee4;--link:#0969da;--bad:#cf222e;--warn:#bf8700;
        --keyword:#a0318f;--string:#0a6b3d;--comment:#6a737d;--number:#0550ae;--magic:#953800}
        @media (prefers-color-scheme:dark){:root{--text:#e6edf3;--muted:#8d96a0;--page:#0d1117;--code:#161b22;--line:#30363d;--link:#4493f8;--bad:#f85149;--warn:#9e6a03;
        --keyword:#d2a8ff;--string:#7ee787;--comment:#8b949e;--number:#79c0ff;--magic:#ffa657}}
        body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
        main{max-width:64rem;margin:2rem auto 4rem;padding:0 1rem}
        a{color:var(--link)}
        pre,code,kbd,.math{font:13px/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
        pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        .cell{display:grid;grid-template-columns:3.5rem minmax(0,1fr);margin:.9rem 0}
        .cell>.mark{color:var(--muted);font:12px/1.6 ui-monospace,Menlo,Consolas,monospace;padding-top:.55rem;text-align:right;padding-right:.6rem;user-select:none}
        .cell>.body{grid-column:2}
        .code{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:.55rem .75rem}
        .language{float:right;color:var(--muted);font-size:12px;margin-left:1rem}
        .out{margin-top:.5rem;padding-left:.75rem;overflow-x:auto}
        .out img,.out svg{max-width:100%}
        .stderr{border-left:3px solid var(--warn)}.error{border-left:3px solid var(--bad)}
        .text img{max-width:100%}
        .text table{border-collapse:collapse;margin:.8rem 0}
        .text th,.text td{padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);text-align:left}
        .text blockquote{margin:0;padding-left:1rem;border-left:3px solid var(--line);color:var(--muted)}
        .text pre{background:var(--code);border-radius:6px;padding:.55rem .75rem}
        .text :not(pre)>code,.math{background:var(--code);border-radius:4px;padding:.1em .3em}
        .text h1{font-size:1.9rem;line-height:1.2}.text h2{margin-top:1.8rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
        .failure{border:1px solid var(--bad);border-left-width:5px;border-radius:6px;padding:.5rem .8rem;margin-bottom:1.5rem;overflow-wrap:anywhere}
        .k{color:var(--keyword)}.s{color:var(--string)}.c{color:var(--comment);font-style:italic}.n{color:var(--number)}.m{color:var(--magic)}
        .a1{font-weight:bold}.a2{opacity:.7}.a3{font-style:italic}.a4{text-decoration:underline}
        .f0{color:#57606a}.f1{color:var(--bad)}.f2{color:#1a7f37}.f3{color:#9a6700}.f4{color:#0969da}.f5{color:#8250df}.f6{color:#1b7c83}.f7{color:var(--muted)}
        .b0{background:#57606a}.b1{background:#ffcecb}.b2{background:#aceebb}.b3{background:#fae17d}.b4{background:#b6e3ff}.b5{background:#ecd8ff}.b6{background:#b3f0ff}.b7{background:#d0d7de}
        @media (prefers-color-scheme:dark){.f2{color:#3fb950}.f3{color:#d29922}.f4{color:#58a6ff}.f5{color:#bc8cff}.f6{color:#39c5cf}
        .b1{background:#8e1519}.b2{background:#04260f}.b3{background:#4b2900}.b4{background:#0c2d6b}.b5{background:#3c1e70}.b6{background:#04414a}.b7{background:#484f58}}
        iframe{width:100%;min-height:24rem;border:1px solid var(--line);background:#fff}
        @media (max-width:40rem){.cell{grid-template-columns:0 minmax(0,1fr)}.cell>.mark{visibility:hidden;padding:0}}
        @media print{main{max-width:none;margin:0}.code,.out{break-inside:avoid}}
        """;
}
