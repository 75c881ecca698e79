using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mlops.Targets.Tests;

/// <summary>
/// What a terminal shows after it was sent a text: as much of one as the host makes use of.
/// </summary>
sealed partial class Screen(int columns)
{
    readonly List<StringBuilder> lines = [new()];
    int row, column;

    /// <summary>Every state that could be seen, each after one thing that was sent.</summary>
    public List<string> Frames { get; } = [];

    public static Screen Of(string sent, int columns)
    {
        var screen = new Screen(columns);
        foreach (Match part in Parts().Matches(sent))
            screen.Take(part);
        return screen;
    }

    public override string ToString() =>
        string.Join('\n', lines.Select(line => line.ToString().TrimEnd())).TrimEnd() + "\n";

    void Take(Match part)
    {
        if (part.Groups["command"].Value is { Length: > 0 } command)
            Command(command[0], part.Groups["number"].Value is { Length: > 0 } number
                ? int.Parse(number, CultureInfo.InvariantCulture)
                : 1);
        else if (part.Value == "\n")
            Down();
        else if (part.Value == "\r")
            column = 0;
        else
            Put(part.Value[0]);
        if (part.Value == "\n")
            Frames.Add(ToString());
    }

    void Command(char command, int number)
    {
        switch (command)
        {
            case 'A':
                row = Math.Max(0, row - number);
                break;
            case 'J':
                lines.RemoveRange(row + 1, lines.Count - row - 1);
                lines[row].Length = Math.Min(lines[row].Length, column);
                break;
            case 'm':
                break;
            default:
                throw new InvalidOperationException($"Nobody expects the command {command}.");
        }
    }

    void Put(char letter)
    {
        if (column == columns)
        {
            Down();
            column = 0;
        }
        var line = lines[row];
        if (line.Length <= column)
            line.Append(' ', column + 1 - line.Length);
        line[column++] = letter;
    }

    void Down()
    {
        row++;
        if (row == lines.Count)
            lines.Add(new StringBuilder());
    }

    [GeneratedRegex(@"\e\[(?<number>\d*)(?<command>[A-Za-z])|[\s\S]")]
    private static partial Regex Parts();
}
