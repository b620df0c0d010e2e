using System.CommandLine;
using Cde.Kernels.Commands;
using Cde.Workbench;

namespace Cde.Kernels.Shell;

/// <summary>Reads a command's options from a shell line. Splitting is System.CommandLine's; types and ranges are the definition's.</summary>
public static class ShellParser
{
    /// <summary>The options that the words spell.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">The words after its name.</param>
    /// <exception cref="UsageException">A word is unknown, a value missing, of the wrong type or out of range.</exception>
    public static CommandOptions Parse(CommandDefinition command, IReadOnlyList<string> words)
    {
        var (parsed, inputs) = Split(command, words);
        CheckUnknown(command, parsed);
        var options = command.NewOptions();
        foreach (var (parameter, symbol) in inputs)
        {
            var tokens = symbol is Option option ? parsed.GetResult(option)?.Tokens : parsed.GetResult((Argument)symbol)?.Tokens;
            var isGiven = symbol is Option named ? parsed.GetResult(named) is { Implicit: false } : tokens is { Count: > 0 };
            if (!isGiven)
            {
                if (parameter.IsRequired)
                    throw new UsageException($"{command.Name}: {parameter.Spelling} is missing: {parameter.Help}");
                continue;
            }

            parameter.Set(options, Value(command, parameter, [.. tokens!.Select(token => token.Value)]));
        }

        return options;
    }

    /// <summary>The completions of the last word of an unfinished line.</summary>
    public static IReadOnlyList<string> Complete(CommandDefinition command, IReadOnlyList<string> words)
    {
        var (parsed, _) = Split(command, words);
        return [.. parsed.GetCompletions().Select(item => item.Label)];
    }

    private static (ParseResult Parsed, List<(ParameterDefinition, Symbol)> Inputs) Split(CommandDefinition command, IReadOnlyList<string> words)
    {
        var syntax = new RootCommand(command.Summary);
        syntax.Options.Clear();
        syntax.Directives.Clear();
        var inputs = new List<(ParameterDefinition, Symbol)>();
        foreach (var parameter in command.Parameters)
        {
            var completions = () => CompletionNames.Of(parameter);
            if (parameter.IsArgument)
            {
                var argument = new Argument<string[]>(parameter.Name) { Arity = parameter.IsRepeated ? ArgumentArity.ZeroOrMore : ArgumentArity.ZeroOrOne };
                argument.CompletionSources.Add(_ => completions().Select(name => new System.CommandLine.Completions.CompletionItem(name)));
                syntax.Arguments.Add(argument);
                inputs.Add((parameter, argument));
            }
            else
            {
                var option = new Option<string[]>(parameter.Spelling)
                {
                    Description = parameter.Help,
                    Arity = parameter.IsFlag ? ArgumentArity.Zero : ArgumentArity.ZeroOrMore,
                    AllowMultipleArgumentsPerToken = false,
                };
                option.CompletionSources.Add(_ => completions().Select(name => new System.CommandLine.Completions.CompletionItem(name)));
                syntax.Options.Add(option);
                inputs.Add((parameter, option));
            }
        }

        // A word that begins with @ is text like any other, not a file of words.
        var configuration = new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        return (syntax.Parse(words, configuration), inputs);
    }

    private static void CheckUnknown(CommandDefinition command, ParseResult parsed)
    {
        foreach (var word in parsed.UnmatchedTokens)
        {
            var known = command.Parameters.Where(parameter => !parameter.IsArgument).Select(parameter => parameter.Spelling);
            throw new UsageException(word.StartsWith('-')
                ? $"{command.Name}: no option {word} ({NearestNames.Suggest(word.Split('=')[0], known)})"
                : $"{command.Name}: {word} is one word too many (put a text of several words in quotes)");
        }
    }

    private static object Value(CommandDefinition command, ParameterDefinition parameter, string[] values)
    {
        if (parameter.IsFlag)
            return values.Length == 0 || (bool)parameter.Convert(values[^1]);
        if (values.Length == 0)
            throw new UsageException($"{command.Name}: {parameter.Spelling} needs a value ({parameter.ValueName}): {parameter.Help}");
        if (parameter.IsRepeated)
            return (IReadOnlyList<string>)[.. values.Select(value => (string)parameter.Convert(value))];
        if (values.Length > 1)
            throw new UsageException($"{command.Name}: {parameter.Spelling} is given {values.Length} times");
        return parameter.Convert(values[0]);
    }
}
