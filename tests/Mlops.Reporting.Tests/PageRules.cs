using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mlops.Reporting.Tests;

/// <summary>What holds of every page whatever is on it.</summary>
static partial class PageRules
{
    static readonly HashSet<string> Elements =
        [.. ("html head meta title style body a div nav ol li main header p h1 h2 h3 ul span b dl dt dd "
            + "section table caption thead tbody tr th td details summary figure figcaption code pre br "
            + "article footer script svg rect path circle text").Split(' ')];

    static readonly string[] Addresses = ["src", "href", "action", "srcset", "data", "poster", "formaction",
        "background"];

    public static XDocument Hold(string html)
    {
        html.TrimEnd().ShouldEndWith("</html>");
        var page = Workbench.Parse(html);
        foreach (var element in page.Descendants())
        {
            Elements.ShouldContain(element.Name.LocalName);
            foreach (var attribute in element.Attributes())
                Hold(attribute);
        }
        page.Descendants("script").Count().ShouldBe(1);
        page.Descendants("style").Count().ShouldBe(1);
        page.Descendants("h1").Count().ShouldBe(1);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        ids.ShouldBe(ids.Distinct());
        foreach (var table in page.Descendants("table"))
            table.Element("caption").ShouldNotBeNull();
        foreach (var head in page.Descendants("th"))
            head.Attribute("scope").ShouldNotBeNull();
        foreach (var drawing in page.Descendants("svg"))
            drawing.Attribute("aria-label").ShouldNotBeNull().Value.ShouldNotBeEmpty();
        foreach (var link in page.Descendants("a").Select(a => a.Attribute("href")!.Value)
            .Where(href => href.StartsWith('#')))
            ids.ShouldContain(link[1..]);
        return page;
    }

    static void Hold(XAttribute attribute)
    {
        var name = attribute.Name.LocalName;
        name.ShouldNotStartWith("on");
        name.ShouldNotBe("style");
        if (Addresses.Contains(name))
            (attribute.Value.StartsWith('#') || attribute.Value.StartsWith("./", StringComparison.Ordinal)
                || attribute.Value == "../unparsed.csv")
                .ShouldBeTrue($"{name}=\"{attribute.Value}\" leads out of the folder");
    }

    /// <summary>The text that a reader sees, one block to a line.</summary>
    public static string VisibleText(string html)
    {
        var body = Workbench.Parse(html).Root!.Element("body")!;
        body.Descendants("script").Remove();
        string[] blocks = ["p", "li", "h1", "h2", "h3", "tr", "caption", "summary", "dt", "dd", "pre",
            "figcaption", "div"];
        foreach (var drawing in body.Descendants("svg").ToArray())
            drawing.ReplaceWith(new XText($" [{drawing.Attribute("aria-label")!.Value}] "));
        foreach (var element in body.Descendants().ToArray())
            element.AddAfterSelf(new XText(blocks.Contains(element.Name.LocalName) ? "\n"
                : element.Name.LocalName is "td" or "th" ? " | " : ""));
        var lines = body.Value.Split('\n').Select(line => Blanks().Replace(line, " ").Trim(' ', '|'))
            .Where(line => line.Length > 0);
        return string.Join('\n', lines) + "\n";
    }

    public static string WithoutDigests(string html) => Digests().Replace(html, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{12}|data-v=\"[0-9]+\" title=\"[0-9]+\">[0-9,]+")]
    private static partial Regex Digests();
}
