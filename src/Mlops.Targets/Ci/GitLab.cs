using System.Globalization;

namespace Mlops.Targets;

/// <summary>
/// Sections are escape sequences, which its log understands though it is no terminal; warnings and errors are
/// collected as code quality and test reports, see <see cref="CodeQualityFile"/>.
/// </summary>
sealed class GitLab : CiHost
{
    public override string Name => "GitLab";

    public override bool ShowsNotices => false;

    public override string Open(string group, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"\e[0Ksection_start:{now.ToUnixTimeSeconds()}:{NameOf(group)}\r\e[0K{group}");

    public override string? Close(string group, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"\e[0Ksection_end:{now.ToUnixTimeSeconds()}:{NameOf(group)}\r\e[0K");

    /// <remarks>Outputs are a dotenv file, whose values are one line each.</remarks>
    public override IEnumerable<string> Deliver(Delivery delivery, AbsolutePath? folder)
    {
        WriteSummary(delivery, folder);
        if (folder is not null)
            File.WriteAllText(folder / "outputs.env", string.Concat(delivery.Outputs
                .Where(output => !output.Value.Contains('\n'))
                .Select(output => $"{NameOf(output.Key)}={output.Value}\n")));
        return [];
    }
}
